//! SQL of the sessions.

use chrono::{DateTime, Utc};
use sqlx::{PgConnection, PgExecutor, PgPool};
use uuid::Uuid;

use super::Session;

/// A session to write.
pub(super) struct NewSession<'a> {
    pub(super) id: Uuid,
    pub(super) token_hash: &'a [u8],
    pub(super) account_id: Uuid,
    pub(super) authenticated_at: DateTime<Utc>,
    pub(super) expires_at: DateTime<Utc>,
}

/// Opens a session.
pub(super) async fn insert(db: &mut PgConnection, session: &NewSession<'_>) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into connect.sessions (id, token_hash, account_id, authenticated_at, expires_at)
         values ($1, $2, $3, $4, $5)",
        session.id,
        session.token_hash,
        session.account_id,
        session.authenticated_at,
        session.expires_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A session not yet expired, of an account still open.
pub(super) async fn find(
    db: impl PgExecutor<'_>,
    token_hash: &[u8],
    now: DateTime<Utc>,
) -> sqlx::Result<Option<Session>> {
    sqlx::query_as!(
        Session,
        "select sessions.account_id, sessions.authenticated_at
         from connect.sessions
         join connect.accounts on accounts.id = sessions.account_id
         where sessions.token_hash = $1 and sessions.expires_at > $2 and accounts.active",
        token_hash,
        now,
    )
    .fetch_optional(db)
    .await
}

/// Whether a session is such a one. Locked, its account first, as whoever gives it another password does.
pub(super) async fn hold(db: &mut PgConnection, hash: &[u8], now: DateTime<Utc>) -> sqlx::Result<bool> {
    let found = sqlx::query_scalar!(
        "select sessions.id
         from connect.accounts
         join connect.sessions on sessions.account_id = accounts.id
         where sessions.token_hash = $1 and sessions.expires_at > $2 and accounts.active
         for share of accounts, sessions",
        hash,
        now,
    )
    .fetch_optional(db)
    .await?;
    Ok(found.is_some())
}

/// Ends the session of one browser.
pub(super) async fn delete(db: &mut PgConnection, token_hash: &[u8]) -> sqlx::Result<()> {
    sqlx::query!("delete from connect.sessions where token_hash = $1", token_hash).execute(db).await?;
    Ok(())
}

/// Ends the sessions of an account in every browser; tells how many there were.
pub(crate) async fn delete_all_of(db: &mut PgConnection, account_id: Uuid) -> sqlx::Result<u64> {
    let done =
        sqlx::query!("delete from connect.sessions where account_id = $1", account_id).execute(db).await?;
    Ok(done.rows_affected())
}

/// Removes the sessions that ended before `before`.
pub(crate) async fn purge(db: &PgPool, before: DateTime<Utc>) -> sqlx::Result<u64> {
    let done =
        sqlx::query!("delete from connect.sessions where expires_at <= $1", before).execute(db).await?;
    Ok(done.rows_affected())
}
