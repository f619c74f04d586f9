//! SQL of the signing keys.

use chrono::{DateTime, Utc};
use sqlx::{PgConnection, PgExecutor, PgPool};

/// A private key at rest.
pub(super) struct SealedKey {
    /// Key id of its row.
    pub(super) kid: String,
    /// Nonce and ciphertext.
    pub(super) sealed: Vec<u8>,
}

/// Whoever adds or retires keys waits for the others to end; readers do not.
pub(super) async fn lock(db: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!("lock table connect.signing_keys in share row exclusive mode").execute(db).await?;
    Ok(())
}

/// Adds a key; the same key again changes nothing.
pub(super) async fn insert(
    db: &mut PgConnection,
    key: &SealedKey,
    now: DateTime<Utc>,
    active_from: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into connect.signing_keys (kid, sealed, created_at, active_from)
         values ($1, $2, $3, $4)
         on conflict (kid) do nothing",
        key.kid,
        key.sealed,
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

/// Forgets every key.
pub(super) async fn delete_all(db: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!("delete from connect.signing_keys").execute(db).await?;
    Ok(())
}

/// When the key that does not sign yet begins to.
pub(super) async fn waiting_until(
    db: &mut PgConnection,
    now: DateTime<Utc>,
) -> sqlx::Result<Option<DateTime<Utc>>> {
    sqlx::query_scalar!("select max(active_from) from connect.signing_keys where active_from > $1", now)
        .fetch_one(db)
        .await
}

/// The newest key already active and not yet retired.
pub(super) async fn signing(db: impl PgExecutor<'_>, now: DateTime<Utc>) -> sqlx::Result<Option<SealedKey>> {
    sqlx::query_as!(
        SealedKey,
        r#"select kid, sealed as "sealed!" from connect.signing_keys
         where active_from <= $1 and (retired_at is null or retired_at > $1)
         order by active_from desc, kid
         limit 1"#,
        now,
    )
    .fetch_optional(db)
    .await
}

/// Keys not yet retired, active or about to be.
pub(super) async fn published(db: &PgPool, now: DateTime<Utc>) -> sqlx::Result<Vec<SealedKey>> {
    sqlx::query_as!(
        SealedKey,
        r#"select kid, sealed as "sealed!" from connect.signing_keys
         where retired_at is null or retired_at > $1
         order by active_from desc, kid"#,
        now,
    )
    .fetch_all(db)
    .await
}

/// Every key that was not purged.
pub(super) async fn known(db: impl PgExecutor<'_>) -> sqlx::Result<Vec<SealedKey>> {
    sqlx::query_as!(
        SealedKey,
        r#"select kid, sealed as "sealed!" from connect.signing_keys order by active_from desc, kid"#,
    )
    .fetch_all(db)
    .await
}

/// Whether a key is to be made: none signs, or some are kept as they are.
pub(super) async fn lacks_key(db: &PgPool, now: DateTime<Utc>) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from connect.signing_keys where pkcs8 is not null)
               or not exists (
                   select from connect.signing_keys
                   where active_from <= $1 and (retired_at is null or retired_at > $1)) as "lacks!""#,
        now,
    )
    .fetch_one(db)
    .await
}

/// Keys that an older version left as they are (key id, PKCS#8).
pub(super) async fn plain(db: &mut PgConnection) -> sqlx::Result<Vec<(String, Vec<u8>)>> {
    let rows = sqlx::query!(
        r#"select kid, pkcs8 as "pkcs8!" from connect.signing_keys
         where pkcs8 is not null
         order by kid"#,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.kid, row.pkcs8)).collect())
}

/// Keeps a key sealed from now on.
pub(super) async fn seal(db: &mut PgConnection, key: &SealedKey) -> sqlx::Result<()> {
    sqlx::query!(
        "update connect.signing_keys set sealed = $2, pkcs8 = null where kid = $1",
        key.kid,
        key.sealed
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Removes the keys retired before `before`.
pub(crate) async fn purge(db: &PgPool, before: DateTime<Utc>) -> sqlx::Result<u64> {
    let done =
        sqlx::query!("delete from connect.signing_keys where retired_at < $1", before).execute(db).await?;
    Ok(done.rows_affected())
}
