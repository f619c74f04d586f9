//! SQL of the sign-ups.

use chrono::{DateTime, Utc};
use sqlx::{PgConnection, PgExecutor, PgPool};
use uuid::Uuid;

use super::Waiting;
use crate::accounts::{PasswordHash, Personal};

/// A sign-up to write.
pub(super) struct NewSignUp<'a> {
    pub(super) id: Uuid,
    pub(super) person: Personal<'a>,
    pub(super) password_hash: &'a PasswordHash,
    pub(super) browser_hash: &'a [u8],
    pub(super) request: Option<&'a str>,
    pub(super) created_at: DateTime<Utc>,
    pub(super) expires_at: DateTime<Utc>,
}

/// Writes it.
pub(super) async fn insert(db: &mut PgConnection, new: &NewSignUp<'_>) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into connect.sign_ups
             (id, email, given_name, family_name, password_hash, browser_hash, request, created_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        new.id,
        new.person.email,
        new.person.given_name,
        new.person.family_name,
        new.password_hash.as_str(),
        new.browser_hash,
        new.request,
        new.created_at,
        new.expires_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A sign-up.
pub(super) async fn find(db: impl PgExecutor<'_>, id: Uuid) -> sqlx::Result<Option<Waiting>> {
    sqlx::query_as!(
        Waiting,
        r#"select
               id,
               email,
               given_name,
               family_name,
               password_hash as "password_hash: PasswordHash",
               browser_hash,
               request,
               created_at,
               expires_at,
               confirmed_at
           from connect.sign_ups
           where id = $1"#,
        id,
    )
    .fetch_optional(db)
    .await
}

/// Its link serves until `expires_at`, unless it served; tells whether it does.
pub(super) async fn prolong(
    db: &mut PgConnection,
    id: Uuid,
    expires_at: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update connect.sign_ups set expires_at = $2 where id = $1 and confirmed_at is null",
        id,
        expires_at,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Locks what is asked for an address, always in this order.
pub(super) async fn lock_all_of(db: &mut PgConnection, email: &str) -> sqlx::Result<()> {
    sqlx::query_scalar!(
        "select id
         from connect.sign_ups
         where email = $1
         order by id
         limit 1000
         for update",
        email,
    )
    .fetch_all(db)
    .await?;
    Ok(())
}

/// Uses it up. Of two at the same instant, one is told so.
pub(super) async fn confirm(db: &mut PgConnection, id: Uuid, now: DateTime<Utc>) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update connect.sign_ups
         set confirmed_at = $2
         where id = $1 and confirmed_at is null and expires_at > $2",
        id,
        now,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Removes what else was asked for an address that has its account now.
pub(super) async fn forget_others(db: &mut PgConnection, id: Uuid, email: &str) -> sqlx::Result<()> {
    sqlx::query!("delete from connect.sign_ups where email = $2 and id <> $1", id, email).execute(db).await?;
    Ok(())
}

/// Removes the sign-ups whose link served until `before`.
pub(crate) async fn purge(db: &PgPool, before: DateTime<Utc>) -> sqlx::Result<u64> {
    let done =
        sqlx::query!("delete from connect.sign_ups where expires_at <= $1", before).execute(db).await?;
    Ok(done.rows_affected())
}
