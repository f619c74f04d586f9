//! Sessions in and out of the database.

mod find;

use chrono::{DateTime, Utc};
use iae_domain::Changed;
use iae_domain::accounts::Provider;
use iae_domain::ids::{ImpersonationId, OrganisationId, UserId};
use sqlx::PgExecutor;
use uuid::Uuid;

pub(super) use find::{Found, find};

use super::{OpenSession, StoredSession};
use crate::error::Result;
use crate::{Db, Work};

/// The session was used.
pub(super) async fn touch(db: &Db, key: &[u8], now: DateTime<Utc>) -> Result<()> {
    sqlx::query!("UPDATE sessions SET last_seen_at = $2 WHERE id_hash = $1", key, now).execute(db).await?;
    Ok(())
}

/// `false` when the key is taken. Waits for whoever is ending the sessions of the person, and then writes nothing.
pub(super) async fn insert(db: &Db, key: &[u8], session: &StoredSession, now: DateTime<Utc>) -> Result<bool> {
    let result = sqlx::query!(
        r#"
        INSERT INTO sessions
            (id_hash, data, user_id, organisation_id, created_at, last_seen_at, expires_at, browser, provider,
             provider_session, impersonation_id)
        SELECT $1, $2, $3, $4, $5, $5, $6, left($8, 100), $9, $10, $11
        WHERE $3::uuid IS NULL
           OR EXISTS (SELECT
                      FROM users u
                      WHERE u.id = $3 AND (u.sessions_ended_at < $7) IS NOT FALSE
                      FOR SHARE)
        ON CONFLICT (id_hash) DO NOTHING
        "#,
        key,
        session.data,
        session.user as Option<UserId>,
        session.organisation as Option<OrganisationId>,
        now,
        session.expires_at,
        session.login_began_at,
        session.browser.as_deref(),
        session.provider.map(Provider::code),
        session.provider_session.as_deref(),
        session.impersonation as Option<ImpersonationId>,
    )
    .execute(db)
    .await?;
    // A key drawn at random for a person is free: their sessions were ended.
    Ok(result.rows_affected() == 1 || session.user.is_some())
}

/// A session ended meanwhile stays ended: what a request in flight then saves is lost. Its end comes nearer, never later.
pub(super) async fn update(db: &Db, key: &[u8], session: &StoredSession, now: DateTime<Utc>) -> Result<()> {
    sqlx::query!(
        r#"
        UPDATE sessions
        SET data = $2, user_id = $3, organisation_id = $4, last_seen_at = $5
          , expires_at = least(expires_at, $6)
        WHERE id_hash = $1
        "#,
        key,
        session.data,
        session.user as Option<UserId>,
        session.organisation as Option<OrganisationId>,
        now,
        session.expires_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Gives how many there were: one, or none.
pub(super) async fn delete(db: impl PgExecutor<'_>, key: &[u8]) -> Result<u64> {
    let done = sqlx::query!("DELETE FROM sessions WHERE id_hash = $1", key).execute(db).await?;
    Ok(done.rows_affected())
}

/// The sessions of a person that are not over, the one under `key` first, then the last used.
pub(super) async fn list(
    db: &Db,
    user: UserId,
    key: &[u8],
    now: DateTime<Utc>,
    used_since: DateTime<Utc>,
) -> Result<Vec<OpenSession>> {
    let sessions = sqlx::query_as!(
        OpenSession,
        r#"
        SELECT public_id AS id
             , browser
             , created_at
             , last_seen_at
             , id_hash = $2 AS "is_this_one!"
        FROM sessions
        WHERE user_id = $1 AND expires_at > $3 AND last_seen_at > $4
        ORDER BY id_hash = $2 DESC
               , last_seen_at DESC
               , public_id
        LIMIT 100
        "#,
        user as _,
        key,
        now,
        used_since,
    )
    .fetch_all(db)
    .await?;
    Ok(sessions)
}

/// Ends a session of a person, another than the one under `key`; `false` when there is none.
pub(super) async fn delete_one(
    work: &mut Work<'_>,
    ended: Changed<UserId>,
    id: Uuid,
    key: &[u8],
) -> Result<bool> {
    let user = work.keep(ended);
    let done = sqlx::query!(
        "DELETE FROM sessions WHERE public_id = $1 AND user_id = $2 AND id_hash <> $3",
        id,
        user as _,
        key,
    )
    .execute(work.db())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Ends every session of a person but the one under `key`.
pub(super) async fn delete_others(work: &mut Work<'_>, ended: Changed<UserId>, key: &[u8]) -> Result<()> {
    let user = work.keep(ended);
    sqlx::query!("DELETE FROM sessions WHERE user_id = $1 AND id_hash <> $2", user as _, key)
        .execute(work.db())
        .await?;
    Ok(())
}

/// Whose session a provider calls so, when one is open.
pub(in crate::accounts) async fn holder(
    work: &mut Work<'_>,
    provider: Provider,
    session: &str,
) -> Result<Option<UserId>> {
    let user = sqlx::query_scalar!(
        r#"
        SELECT user_id AS "user!: UserId"
        FROM sessions
        WHERE provider = $1 AND provider_session = $2 AND user_id IS NOT NULL
        ORDER BY created_at DESC
        LIMIT 1
        "#,
        provider.code(),
        session,
    )
    .fetch_optional(work.db())
    .await?;
    Ok(user)
}

/// Whether a person has a session that a provider opened: any, or the one it calls so.
pub(in crate::accounts) async fn has_any(
    work: &mut Work<'_>,
    user: UserId,
    provider: Provider,
    session: Option<&str>,
) -> Result<bool> {
    let has_any = sqlx::query_scalar!(
        r#"
        SELECT EXISTS (
                   SELECT
                   FROM sessions
                   WHERE user_id = $1 AND provider = $2 AND ($3::text IS NULL OR provider_session = $3)
               ) AS "has_any!"
        "#,
        user as _,
        provider.code(),
        session,
    )
    .fetch_one(work.db())
    .await?;
    Ok(has_any)
}

/// Ends the sessions of a person that a provider opened: all of them, or the one it calls so. Gives how many there were.
pub(in crate::accounts) async fn delete_opened_by(
    work: &mut Work<'_>,
    ended: Changed<UserId>,
    provider: Provider,
    session: Option<&str>,
) -> Result<u64> {
    let user = work.keep(ended);
    let done = sqlx::query!(
        "DELETE FROM sessions WHERE user_id = $1 AND provider = $2 AND ($3::text IS NULL OR provider_session = $3)",
        user as _,
        provider.code(),
        session,
    )
    .execute(work.db())
    .await?;
    Ok(done.rows_affected())
}
