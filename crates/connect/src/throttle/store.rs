//! SQL of the lockout.

use chrono::{DateTime, Utc};
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

/// First half of the advisory lock keys of this module, so that they are nobody else's.
const EMAIL_LOCKS: i32 = 0x000C_0E01;
const IP_LOCKS: i32 = 0x000C_0E02;

/// Makes attempts on one address, or from one IP, count one after the other. Always in this order,
/// so that two attempts cannot wait for each other.
pub(super) async fn lock(db: &mut PgConnection, email_digest: &[u8], ip: &str) -> sqlx::Result<()> {
    sqlx::query!("select pg_advisory_xact_lock($1, hashtext(encode($2, 'hex')))", EMAIL_LOCKS, email_digest)
        .execute(&mut *db)
        .await?;
    sqlx::query!("select pg_advisory_xact_lock($1, hashtext($2))", IP_LOCKS, ip).execute(db).await?;
    Ok(())
}

/// Failures still counting.
pub(super) struct Failures {
    pub(super) by_email: i64,
    pub(super) by_ip: i64,
}

/// Counts the failures of an address and of an IP, each since its own instant.
pub(super) async fn count(
    db: &mut PgConnection,
    email_digest: &[u8],
    email_since: DateTime<Utc>,
    ip: &str,
    ip_since: DateTime<Utc>,
) -> sqlx::Result<Failures> {
    sqlx::query_as!(
        Failures,
        r#"select
               (select count(*) from connect.login_failures where email_digest = $1 and at > $2) as "by_email!",
               (select count(*) from connect.login_failures where ip = $3 and at > $4 and not is_pending) as "by_ip!""#,
        email_digest,
        email_since,
        ip,
        ip_since,
    )
    .fetch_one(db)
    .await
}

/// Counts an attempt against its address, until it is released.
pub(super) async fn insert(
    db: &mut PgConnection,
    id: Uuid,
    email_digest: &[u8],
    ip: &str,
    at: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into connect.login_failures (id, email_digest, ip, at, is_pending) values ($1, $2, $3, $4, true)",
        id,
        email_digest,
        ip,
        at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The attempt failed: it counts against its IP too.
pub(crate) async fn fail(db: &mut PgConnection, id: Uuid) -> sqlx::Result<()> {
    sqlx::query!("update connect.login_failures set is_pending = false where id = $1", id)
        .execute(db)
        .await?;
    Ok(())
}

/// The attempt was not a failure after all.
pub(crate) async fn release(db: &mut PgConnection, id: Uuid) -> sqlx::Result<()> {
    sqlx::query!("delete from connect.login_failures where id = $1", id).execute(db).await?;
    Ok(())
}

/// Removes the failures of an address: they still count for the IPs they came from.
pub(super) async fn forget(db: &mut PgConnection, email_digest: &[u8]) -> sqlx::Result<()> {
    sqlx::query!("update connect.login_failures set email_digest = '' where email_digest = $1", email_digest)
        .execute(db)
        .await?;
    Ok(())
}

/// Removes the failures older than `before`.
pub(crate) async fn purge(db: &PgPool, before: DateTime<Utc>) -> sqlx::Result<u64> {
    let done = sqlx::query!("delete from connect.login_failures where at < $1", before).execute(db).await?;
    Ok(done.rows_affected())
}
