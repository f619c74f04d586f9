//! What mails say of a request that went with its PASS.

use std::collections::HashMap;

use iae_domain::ids::ProlongationRequestId;
use iae_domain::pass::PassNumber;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::error::Result;

/// A request that is no more.
pub(super) struct Request {
    id: ProlongationRequestId,
    /// The PASS it was about.
    pub number: PassNumber,
    /// Whose it was.
    pub holder: String,
    /// The SIAE that asked.
    pub company: String,
    /// The organisation it was addressed to.
    pub organisation: String,
}

impl Request {
    /// « d’Amel BENALI ».
    pub(super) fn of_holder(&self) -> String {
        iae_domain::french::of(&self.holder)
    }
}

/// These requests, by their ids.
pub(super) async fn requests(
    db: &mut PgConnection,
    ids: impl Iterator<Item = ProlongationRequestId>,
) -> Result<HashMap<ProlongationRequestId, Request>> {
    let ids: Vec<Uuid> = ids.map(|id| id.0).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = sqlx::query_as!(
        Request,
        r#"
        SELECT r.id
             , r.number AS "number: PassNumber"
             , full_name(holder.first_name, holder.last_name) AS "holder!"
             , company.shown_name AS company
             , addressed.shown_name AS organisation
        FROM cancelled_prolongation_requests r
        JOIN cancelled_passes c ON c.number = r.number
        JOIN users holder ON holder.id = c.candidate_id
        JOIN organisations company ON company.id = r.company_id
        JOIN organisations addressed ON addressed.id = r.prescriber_organisation_id
        WHERE r.id = ANY ($1)
        ORDER BY r.id
        "#,
        &ids,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}
