//! Who last did something of a kind to a thing, for who comes too late (D32): the trail knows it, even once nothing is left of what
//! was removed.

use chrono::{DateTime, Utc};
use iae_domain::ids::{OrganisationId, UserId};
use serde_json::Value;
use uuid::Uuid;

use crate::db::Db;
use crate::error::Result;

/// The last thing that was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastMove<M> {
    /// What they did.
    pub what: M,
    /// The account; none when the service did it by itself.
    pub account: Option<UserId>,
    /// Who: « Prénom NOM ».
    pub by: Option<String>,
    /// For which organisation, if for one.
    pub acting_for: Option<OrganisationId>,
    /// Its name.
    pub organisation: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
}

impl<M> LastMove<M> {
    /// As a member of this organisation is told: a colleague by name, anyone else by the organisation they acted for; nothing of the
    /// team, which has none.
    pub fn named_to(&self, reader: OrganisationId) -> Option<&str> {
        let name = if self.acting_for == Some(reader) { &self.by } else { &self.organisation };
        name.as_deref()
    }
}

/// What is looked for.
pub(crate) struct Sought<'a, M> {
    /// The thing, as the trail names its kind.
    pub kind: &'a str,
    /// Its id.
    pub id: Uuid,
    /// What may have been done of it.
    pub moves: &'a [M],
    /// What each is called in the trail.
    pub code: fn(M) -> &'static str,
    /// What the trail holds of it besides: `{}` for whatever it holds.
    pub about: Value,
}

/// The last of these; none beyond what the trail keeps. Who may read the thing was said by whoever asks.
pub(crate) async fn last_move<M: Copy>(db: &Db, sought: Sought<'_, M>) -> Result<Option<LastMove<M>>> {
    let Sought { kind, id, moves, code, about } = sought;
    let codes: Vec<String> = moves.iter().map(|one| code(*one).to_owned()).collect();
    let row = sqlx::query!(
        r#"
        SELECT e.action
             , e.actor_id AS "account: UserId"
             , full_name(u.first_name, u.last_name) AS by
             , e.organisation_id AS "acting_for: OrganisationId"
             , o.shown_name AS "organisation?"
             , e.at
        FROM audit_events e
        LEFT JOIN users u ON u.id = e.actor_id
        LEFT JOIN organisations o ON o.id = e.organisation_id
        WHERE e.subject_kind = $1
          AND e.subject_id = $2
          AND e.action = ANY ($3)
          AND e.payload @> $4
        ORDER BY e.at DESC, e.seq DESC
        LIMIT 1
        "#,
        kind,
        id,
        &codes,
        about,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.and_then(|row| {
        Some(LastMove {
            what: moves.iter().copied().find(|one| code(*one) == row.action)?,
            account: row.account,
            by: row.by,
            acting_for: row.acting_for,
            organisation: row.organisation,
            at: row.at,
        })
    }))
}
