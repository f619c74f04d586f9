//! What waits for the team.

use crate::Db;
use crate::error::Result;
use crate::queue::MAX_ATTEMPTS;

/// What waits for the team.
#[derive(Debug, Clone)]
pub struct Pending {
    /// Mails that will be sent, those refused so far included.
    pub waiting_emails: i64,
    /// Those of them the server refused at least once.
    pub retried_emails: i64,
    /// Mails refused so often that nothing sends them again.
    pub abandoned_emails: i64,
    /// PASS to deliver by hand (rule book 03 §4.10).
    pub manual_passes: i64,
}

/// What waits for the team, in one statement.
pub async fn pending(db: &Db) -> Result<Pending> {
    let pending = sqlx::query_as!(
        Pending,
        r#"
        SELECT count(*) FILTER (WHERE attempts < $1) AS "waiting_emails!"
             , count(*) FILTER (WHERE status = 'failed' AND attempts < $1) AS "retried_emails!"
             , count(*) FILTER (WHERE attempts >= $1) AS "abandoned_emails!"
             , (SELECT count(*) FROM applications WHERE pass_delivery = 'manual') AS "manual_passes!"
        FROM emails
        WHERE status IN ('queued', 'failed')
        "#,
        MAX_ATTEMPTS,
    )
    .fetch_one(db)
    .await?;
    Ok(pending)
}
