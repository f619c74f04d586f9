//! What mails say about a candidate's file.

use std::collections::HashMap;

use iae_domain::candidates::Field;
use iae_domain::ids::{AccountLetterId, CandidateId};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::error::Result;
use crate::notifications::letter::named;

/// A candidate's file.
pub(super) struct Candidate {
    id: CandidateId,
    pub first_name: String,
    pub name: String,
    /// What opens their account, while it is not open and an address is known (USR-14).
    pub activation: Option<AccountLetterId>,
    created_by_name: Option<String>,
    created_by_organisation: Option<String>,
    changed: Vec<Field>,
    changed_by_name: Option<String>,
    changed_by_organisation: Option<String>,
}

impl Candidate {
    /// « Paul HOFFMANN (Mission locale du pays messin) »: who created the file, and for whom (CRE-6).
    pub(super) fn created_by(&self) -> Option<String> {
        named(self.created_by_name.as_deref(), self.created_by_organisation.as_deref())
    }

    /// Who changed the file last, and for whom.
    pub(super) fn changed_by(&self) -> Option<String> {
        named(self.changed_by_name.as_deref(), self.changed_by_organisation.as_deref())
    }

    /// What they changed, the address apart, which has a mail of its own.
    pub(super) fn changed(&self) -> String {
        let changed = self.changed.iter().filter(|field| **field != Field::Email);
        changed.map(|field| within_sentence(field.label())).collect::<Vec<_>>().join(", ")
    }
}

/// « identifiant France Travail »: names keep their capitals.
fn within_sentence(label: &str) -> String {
    let mut letters = label.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

/// These files, by their ids.
pub(super) async fn candidates(
    db: &mut PgConnection,
    ids: impl Iterator<Item = CandidateId>,
) -> Result<HashMap<CandidateId, Candidate>> {
    let ids: Vec<Uuid> = ids.map(|id| id.0).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = sqlx::query_as!(
        Candidate,
        r#"
        SELECT c.id
             , u.first_name
             , full_name(u.first_name, u.last_name) AS "name!"
             , (
                   SELECT l.id
                   FROM account_letters l
                   WHERE l.user_id = c.id AND l.kind = 'account_activation' AND l.used_at IS NULL
                   ORDER BY l.created_at DESC, l.id DESC
                   LIMIT 1
               ) AS "activation: AccountLetterId"
             , full_name(creator.first_name, creator.last_name) AS created_by_name
             , o.shown_name AS "created_by_organisation?"
             , coalesce(changed.fields, '{}') AS "changed!: Vec<Field>"
             , full_name(editor.first_name, editor.last_name) AS changed_by_name
             , editing.shown_name AS "changed_by_organisation?"
        FROM candidates c
        JOIN users u ON u.id = c.id
        LEFT JOIN LATERAL (
            SELECT h.at, h.user_id, h.organisation_id, array_agg(h.field ORDER BY h.id) AS fields
            FROM candidate_field_changes h
            WHERE h.candidate_id = c.id
            GROUP BY h.at, h.user_id, h.organisation_id
            ORDER BY h.at DESC
            LIMIT 1
        ) changed ON true
        LEFT JOIN users editor ON editor.id = changed.user_id
        LEFT JOIN organisations editing ON editing.id = changed.organisation_id
        LEFT JOIN users creator ON creator.id = c.created_by
        LEFT JOIN organisations o ON o.id = c.created_by_organisation
        WHERE c.id = ANY ($1)
        ORDER BY c.id
        "#,
        &ids,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}
