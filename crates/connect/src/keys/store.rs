//! SQL of the signing keys.

use chrono::{DateTime, Utc};
use sqlx::{PgConnection, PgExecutor, PgPool};

/// Adds a key; the same key again changes nothing.
pub(super) async fn insert(
    db: impl PgExecutor<'_>,
    kid: &str,
    pkcs8: &[u8],
    now: DateTime<Utc>,
    active_from: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into connect.signing_keys (kid, pkcs8, created_at, active_from)
         values ($1, $2, $3, $4)
         on conflict (kid) do nothing",
        kid,
        pkcs8,
        now,
        active_from,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Gives every key in service the date on which it leaves.
pub(super) async fn retire_all(db: &mut PgConnection, at: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query!("update connect.signing_keys set retired_at = $1 where retired_at is null", at)
        .execute(db)
        .await?;
    Ok(())
}

/// The newest key already active and not yet retired.
pub(super) async fn signing(db: &PgPool, now: DateTime<Utc>) -> sqlx::Result<Option<Vec<u8>>> {
    sqlx::query_scalar!(
        "select pkcs8 from connect.signing_keys
         where active_from <= $1 and (retired_at is null or retired_at > $1)
         order by active_from desc, kid
         limit 1",
        now,
    )
    .fetch_optional(db)
    .await
}

/// Keys not yet retired, active or about to be.
pub(super) async fn published(db: &PgPool, now: DateTime<Utc>) -> sqlx::Result<Vec<Vec<u8>>> {
    sqlx::query_scalar!(
        "select pkcs8 from connect.signing_keys
         where retired_at is null or retired_at > $1
         order by active_from desc, kid",
        now,
    )
    .fetch_all(db)
    .await
}

/// Every key that was not purged.
pub(super) async fn known(db: &PgPool) -> sqlx::Result<Vec<Vec<u8>>> {
    sqlx::query_scalar!("select pkcs8 from connect.signing_keys order by active_from desc, kid")
        .fetch_all(db)
        .await
}

/// Removes the keys retired before `before`.
pub(crate) async fn purge(db: &PgPool, before: DateTime<Utc>) -> sqlx::Result<u64> {
    let done =
        sqlx::query!("delete from connect.signing_keys where retired_at < $1", before).execute(db).await?;
    Ok(done.rows_affected())
}
