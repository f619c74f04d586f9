//! What mails say about a request to correct a NIR.

use std::collections::HashMap;

use iae_domain::french;
use iae_domain::ids::{CandidateId, NirCorrectionId};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::error::Result;
use crate::notifications::letter::named;

/// A request.
pub(super) struct Correction {
    id: NirCorrectionId,
    pub candidate_id: CandidateId,
    pub candidate: String,
    /// Why it was refused; empty while it is not.
    pub refusal: String,
    pub is_own: bool,
    asker: String,
    organisation: Option<String>,
}

impl Correction {
    /// « d’Amel BENALI ».
    pub(super) fn of_candidate(&self) -> String {
        french::of(&self.candidate)
    }

    /// « Paul HOFFMANN (Mission locale du pays messin) ».
    pub(super) fn asked_by(&self) -> String {
        named(Some(&self.asker), self.organisation.as_deref()).unwrap_or_default()
    }
}

/// These requests, by their ids.
pub(super) async fn corrections(
    db: &mut PgConnection,
    ids: impl Iterator<Item = NirCorrectionId>,
) -> Result<HashMap<NirCorrectionId, Correction>> {
    let ids: Vec<Uuid> = ids.map(|id| id.0).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = sqlx::query_as!(
        Correction,
        r#"
        SELECT n.id
             , n.candidate_id AS "candidate_id: CandidateId"
             , coalesce(n.refusal, '') AS "refusal!"
             , n.asked_by = n.candidate_id AS "is_own!"
             , full_name(u.first_name, u.last_name) AS "candidate!"
             , full_name(asker.first_name, asker.last_name) AS "asker!"
             , o.shown_name AS "organisation?"
        FROM nir_corrections n
        JOIN users u ON u.id = n.candidate_id
        JOIN users asker ON asker.id = n.asked_by
        LEFT JOIN organisations o ON o.id = n.organisation_id
        WHERE n.id = ANY ($1)
        ORDER BY n.id
        "#,
        &ids,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}
