//! What mails say of a request that went with its PASS.

use iae_domain::ids::ProlongationRequestId;
use iae_domain::pass::PassNumber;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::error::Result;

/// A request that is no more.
pub(super) struct Request {
    pub id: ProlongationRequestId,
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

/// The requests of these ids.
pub(super) async fn requests(db: &mut PgConnection, ids: &[Uuid]) -> Result<Vec<Request>> {
    let requests = sqlx::query_as!(
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
        ids,
    );
    Ok(requests.fetch_all(db).await?)
}
