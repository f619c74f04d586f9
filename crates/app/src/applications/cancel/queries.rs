//! What rests on the PASS of a hire.

use chrono::NaiveDate;
use iae_domain::ids::{ApplicationId, PassId};

use crate::error::Result;

/// What rests on a PASS.
pub(super) struct Resting {
    /// The hires.
    pub hires: i64,
    /// The first day of the earliest contract, but for that of one hire.
    pub others_start_on: Option<NaiveDate>,
    /// The requests to prolong it that wait for an answer.
    pub pending_requests: i64,
}

/// What rests on a PASS, `but` for the contract of this hire.
pub(super) async fn resting_on(
    db: impl sqlx::PgExecutor<'_>,
    pass: PassId,
    but: ApplicationId,
) -> Result<Resting> {
    let resting = sqlx::query_as!(
        Resting,
        r#"
        SELECT count(*) AS "hires!"
             , min(a.hiring_starts_on) FILTER (WHERE a.id <> $2) AS others_start_on
             , (SELECT count(*) FROM prolongation_requests r WHERE r.pass_id = $1 AND r.state = 'pending') AS "pending_requests!"
        FROM applications a
        WHERE a.pass_id = $1 AND a.state = 'accepted'
        "#,
        pass as _,
        but as _,
    );
    Ok(resting.fetch_one(db).await?)
}
