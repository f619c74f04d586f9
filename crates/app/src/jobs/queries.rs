//! SQL of the scheduled tasks.

use chrono::{DateTime, TimeDelta, Utc};
use iae_domain::accounts::session::IDLE;
use iae_domain::budget::DAY;

use crate::db::Db;
use crate::error::Result;

/// How long the draft of a sent application stays: a second click on its button still finds the application.
const SENT_DRAFT_KEPT: TimeDelta = TimeDelta::days(1);

/// How long a decided request to correct a NIR stays (CNR-2).
const DECIDED_CORRECTION_KEPT: TimeDelta = TimeDelta::days(182);

/// Deletes expired login attempts: anyone may begin one. Returns how many rows went.
pub async fn purge_logins(db: &Db, now: DateTime<Utc>) -> Result<u64> {
    let done = sqlx::query!("DELETE FROM login_attempts WHERE expires_at < $1", now).execute(db).await?;
    Ok(done.rows_affected())
}

/// Deletes expired sessions and login attempts, the drafts that became applications, the requests to correct a NIR decided
/// long ago, and what was spent more than a day ago. Returns how many rows went.
pub async fn purge(db: &Db, now: DateTime<Utc>) -> Result<u64> {
    let idle = now - IDLE;
    let sessions = sqlx::query!("DELETE FROM sessions WHERE expires_at < $1 OR last_seen_at < $2", now, idle)
        .execute(db)
        .await?;
    let attempts = purge_logins(db, now).await?;
    let sent = sqlx::query!("DELETE FROM application_drafts WHERE submitted_at < $1", now - SENT_DRAFT_KEPT,)
        .execute(db)
        .await?;
    let decided =
        sqlx::query!("DELETE FROM nir_corrections WHERE decided_at < $1", now - DECIDED_CORRECTION_KEPT)
            .execute(db)
            .await?;
    let spent = sqlx::query!("DELETE FROM spendings WHERE at <= $1", now - DAY).execute(db).await?;
    Ok(spent.rows_affected()
        + decided.rows_affected()
        + sessions.rows_affected()
        + attempts
        + sent.rows_affected())
}
