//! SQL of the scheduled tasks.

use chrono::{DateTime, TimeDelta, Utc};
use iae_domain::accounts::ACCOUNT_WINDOW;
use iae_domain::accounts::session::IDLE;
use iae_domain::budget::DAY;

use crate::db::Db;
use crate::error::Result;

/// How long the draft of a sent application stays: a second click on its button still finds the application.
const SENT_DRAFT_KEPT: TimeDelta = TimeDelta::days(1);

/// How long a decided request to correct a NIR stays (CNR-2).
const DECIDED_CORRECTION_KEPT: TimeDelta = TimeDelta::days(182);

/// How long an invitation that nobody accepted stays once it expired: the address of somebody who never came.
const EXPIRED_INVITATION_KEPT: TimeDelta = TimeDelta::days(182);

/// How long a request made at sign-up stays: what came of it is in the audit trail.
const SIGN_UP_REQUEST_KEPT: TimeDelta = TimeDelta::days(182);

/// How long a letter about an account stays: its mail may be sent again meanwhile.
const LETTER_KEPT: TimeDelta = TimeDelta::days(30);

/// How long an application of codes that was removed stays (AUT-24).
const REMOVED_FACTOR_KEPT: TimeDelta = TimeDelta::days(90);

/// Deletes expired login attempts, and sign-ins by password that failed: anyone may begin one. Returns how many rows went.
pub async fn purge_logins(db: &Db, now: DateTime<Utc>) -> Result<u64> {
    let done = sqlx::query!("DELETE FROM login_attempts WHERE expires_at < $1", now).execute(db).await?;
    let failed =
        sqlx::query!("DELETE FROM login_failures WHERE at < $1", now - ACCOUNT_WINDOW).execute(db).await?;
    let heard = sqlx::query!("DELETE FROM logout_tokens WHERE expires_at < $1", now).execute(db).await?;
    Ok(done.rows_affected() + failed.rows_affected() + heard.rows_affected())
}

/// Deletes what is left of accounts that were not opened, letters of last month, applications removed long ago.
async fn purge_accounts(db: &Db, now: DateTime<Utc>) -> Result<u64> {
    let sign_ups = sqlx::query!(
        r#"
        DELETE FROM sign_ups s
        USING account_letters l
        WHERE l.id = s.letter_id AND l.expires_at < $1
        "#,
        now,
    )
    .execute(db)
    .await?;
    let letters = sqlx::query!("DELETE FROM account_letters WHERE created_at < $1", now - LETTER_KEPT)
        .execute(db)
        .await?;
    let factors = sqlx::query!("DELETE FROM second_factors WHERE removed_at < $1", now - REMOVED_FACTOR_KEPT)
        .execute(db)
        .await?;
    Ok(sign_ups.rows_affected() + letters.rows_affected() + factors.rows_affected())
}

/// Deletes expired sessions and login attempts, the drafts that became applications, the requests to correct a NIR decided
/// long ago, the invitations nobody accepted, and what was spent more than a day ago. Returns how many rows went.
pub async fn purge(db: &Db, now: DateTime<Utc>) -> Result<u64> {
    let idle = now - IDLE;
    let sessions = sqlx::query!("DELETE FROM sessions WHERE expires_at < $1 OR last_seen_at < $2", now, idle)
        .execute(db)
        .await?;
    let attempts = purge_logins(db, now).await?;
    let accounts = purge_accounts(db, now).await?;
    let sent = sqlx::query!("DELETE FROM application_drafts WHERE submitted_at < $1", now - SENT_DRAFT_KEPT,)
        .execute(db)
        .await?;
    let decided =
        sqlx::query!("DELETE FROM nir_corrections WHERE decided_at < $1", now - DECIDED_CORRECTION_KEPT)
            .execute(db)
            .await?;
    let uninvited = sqlx::query!(
        "DELETE FROM invitations WHERE accepted_at IS NULL AND expires_at < $1",
        now - EXPIRED_INVITATION_KEPT,
    )
    .execute(db)
    .await?;
    let asked = sqlx::query!("DELETE FROM sign_up_requests WHERE asked_at < $1", now - SIGN_UP_REQUEST_KEPT)
        .execute(db)
        .await?;
    let spent = sqlx::query!("DELETE FROM spendings WHERE at <= $1", now - DAY).execute(db).await?;
    Ok(spent.rows_affected()
        + asked.rows_affected()
        + uninvited.rows_affected()
        + decided.rows_affected()
        + sessions.rows_affected()
        + attempts
        + accounts
        + sent.rows_affected())
}
