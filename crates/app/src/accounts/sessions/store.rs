//! Sessions in and out of the database.

use chrono::{DateTime, Utc};
use iae_domain::ids::{OrganisationId, UserId};
use sqlx::PgExecutor;

use super::StoredSession;
use crate::Db;
use crate::error::Result;

/// The session, and when it was last used.
pub(super) async fn find(
    db: &Db,
    key: &[u8],
    now: DateTime<Utc>,
    used_since: DateTime<Utc>,
) -> Result<Option<(StoredSession, DateTime<Utc>)>> {
    let session = sqlx::query!(
        r#"
        SELECT data, user_id AS "user: UserId", organisation_id AS "organisation: OrganisationId", expires_at
             , last_seen_at
        FROM sessions
        WHERE id_hash = $1 AND expires_at > $2 AND last_seen_at > $3
        "#,
        key,
        now,
        used_since,
    )
    .fetch_optional(db)
    .await?;
    Ok(session.map(|row| {
        let session = StoredSession {
            data: row.data,
            user: row.user,
            organisation: row.organisation,
            expires_at: row.expires_at,
            login_began_at: None,
        };
        (session, row.last_seen_at)
    }))
}

/// The session was used.
pub(super) async fn touch(db: &Db, key: &[u8], now: DateTime<Utc>) -> Result<()> {
    sqlx::query!("UPDATE sessions SET last_seen_at = $2 WHERE id_hash = $1", key, now).execute(db).await?;
    Ok(())
}

/// `false` when the key is taken. Waits for whoever is ending the sessions of the person, and then writes nothing.
pub(super) async fn insert(db: &Db, key: &[u8], session: &StoredSession, now: DateTime<Utc>) -> Result<bool> {
    let result = sqlx::query!(
        r#"
        INSERT INTO sessions (id_hash, data, user_id, organisation_id, created_at, last_seen_at, expires_at)
        SELECT $1, $2, $3, $4, $5, $5, $6
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
