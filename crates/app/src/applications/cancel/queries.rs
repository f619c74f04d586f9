//! What rests on the PASS of a hire.

use iae_domain::ids::PassId;

use crate::error::Result;

/// The hires that rest on a PASS, and the requests to prolong it that wait for an answer.
pub(super) async fn resting_on(db: impl sqlx::PgExecutor<'_>, pass: PassId) -> Result<(i64, i64)> {
    let row = sqlx::query!(
        r#"
        SELECT (SELECT count(*) FROM applications a WHERE a.pass_id = $1 AND a.state = 'accepted') AS "hires!"
             , (SELECT count(*) FROM prolongation_requests r WHERE r.pass_id = $1 AND r.state = 'pending') AS "pending!"
        "#,
        pass as _,
    )
    .fetch_one(db)
    .await?;
    Ok((row.hires, row.pending))
}
