//! SQL of the scheduled tasks, and the queue as staff read it.

use chrono::{DateTime, TimeDelta, Utc};

use crate::db::Db;
use crate::error::Result;

/// How long the draft of a sent application stays: a second click on its button still finds the application.
const SENT_DRAFT_KEPT: TimeDelta = TimeDelta::days(1);

/// Deletes expired sessions and login attempts, and the drafts that became applications. Returns how many rows went.
pub async fn purge(db: &Db, now: DateTime<Utc>) -> Result<u64> {
    let sessions = sqlx::query!("DELETE FROM sessions WHERE expires_at < $1", now).execute(db).await?;
    let attempts = sqlx::query!("DELETE FROM login_attempts WHERE expires_at < $1", now).execute(db).await?;
    let sent = sqlx::query!("DELETE FROM application_drafts WHERE submitted_at < $1", now - SENT_DRAFT_KEPT,)
        .execute(db)
        .await?;
    Ok(sessions.rows_affected() + attempts.rows_affected() + sent.rows_affected())
}

/// A task waiting or failing, as listed.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct JobRow {
    /// Its number.
    pub id: i64,
    /// Its kind.
    pub task: String,
    /// When it may run.
    pub run_at: DateTime<Utc>,
    /// How many times it was tried.
    pub attempts: i16,
    /// After how many tries it is given up.
    pub max_attempts: i16,
    /// Why the last try failed.
    pub last_error: Option<String>,
    /// Since when a worker runs it.
    pub locked_at: Option<DateTime<Utc>>,
    /// When it was enqueued.
    pub created_at: DateTime<Utc>,
}

/// The tasks that are not done, those that failed first. The queue deletes a task once it is done.
///
/// Not checked at compile time: these tables belong to graphile_worker and are made by its own migrations.
pub async fn pending(db: &Db) -> Result<Vec<JobRow>> {
    let rows = sqlx::query_as(
        r"
        SELECT j.id, t.identifier AS task, j.run_at, j.attempts, j.max_attempts, j.last_error, j.locked_at, j.created_at
        FROM graphile_worker._private_jobs j
        JOIN graphile_worker._private_tasks t ON t.id = j.task_id
        ORDER BY (j.last_error IS NOT NULL) DESC, j.run_at, j.id
        LIMIT 100
        ",
    )
    .fetch_all(db)
    .await?;
    Ok(rows)
}
