//! Who last did what changes whether a review may be validated, for who comes too late (D32).

use chrono::{DateTime, Utc};
use iae_domain::control::ReviewMove;
use iae_domain::ids::{ControlId, UserId};

use crate::App;
use crate::error::Result;

/// The last thing that was done, as the trail keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastMove {
    /// What they did.
    pub what: ReviewMove,
    /// The account.
    pub account: Option<UserId>,
    /// Who: an agent of the DDETS by name, for anyone else the organisation they acted for; nothing of the team, which has none.
    pub who: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
}

/// That of a control; none beyond what the trail keeps. Who may read it was said by whoever decided.
pub async fn last_move(app: &App, id: ControlId) -> Result<Option<LastMove>> {
    let moves: Vec<String> = ReviewMove::ALL.iter().map(|one| one.code().to_owned()).collect();
    let last = sqlx::query_as!(
        LastMove,
        r#"
        SELECT e.action AS "what: ReviewMove"
             , e.actor_id AS "account?: UserId"
             , CASE WHEN e.organisation_id = k.institution_id
                   THEN full_name(u.first_name, u.last_name)
                   ELSE o.shown_name
               END AS who
             , e.at
        FROM audit_events e
        JOIN controls c ON c.id = e.subject_id
        JOIN control_campaigns k ON k.id = c.campaign_id
        LEFT JOIN users u ON u.id = e.actor_id
        LEFT JOIN organisations o ON o.id = e.organisation_id
        WHERE e.subject_kind = 'control' AND e.subject_id = $1 AND e.action = ANY ($2)
        ORDER BY e.at DESC, e.seq DESC
        LIMIT 1
        "#,
        id as _,
        &moves,
    );
    Ok(last.fetch_optional(&app.db).await?)
}
