//! Second factors in and out of the database.

use chrono::{DateTime, Utc};
use iae_domain::Changed;
use iae_domain::ids::{SecondFactorId, UserId};

use super::Application;
use crate::db::ensure_one_row;
use crate::error::Result;
use crate::{Db, Work};

/// An application, as its codes are looked at.
pub(super) struct Sealed {
    pub id: SecondFactorId,
    pub secret: Vec<u8>,
    pub last_step: i64,
    pub failures: i32,
    pub next_try_at: DateTime<Utc>,
}

/// Makes whoever types a code for one account take turns.
pub(super) async fn lock_account(work: &mut Work<'_>, user: UserId) -> Result<()> {
    sqlx::query!("SELECT 1 AS locked FROM users WHERE id = $1 FOR UPDATE", user as _)
        .fetch_optional(work.db())
        .await?;
    work.locked();
    Ok(())
}

pub(super) async fn list(db: &Db, user: UserId) -> Result<Vec<Application>> {
    listed(&mut *db.acquire().await?, user).await
}

pub(super) async fn list_within(work: &mut Work<'_>, user: UserId) -> Result<Vec<Application>> {
    listed(work.db(), user).await
}

async fn listed(db: &mut sqlx::PgConnection, user: UserId) -> Result<Vec<Application>> {
    let applications = sqlx::query_as!(
        Application,
        r#"
        SELECT id AS "id: SecondFactorId"
             , name
             , created_at
             , last_used_at
        FROM second_factors
        WHERE user_id = $1 AND removed_at IS NULL
        ORDER BY created_at
               , id
        LIMIT 100
        "#,
        user as _,
    )
    .fetch_all(db)
    .await?;
    Ok(applications)
}

pub(super) async fn sealed(work: &mut Work<'_>, user: UserId) -> Result<Vec<Sealed>> {
    let applications = sqlx::query_as!(
        Sealed,
        r#"
        SELECT id AS "id: SecondFactorId"
             , sealed AS secret
             , last_step
             , failures
             , next_try_at
        FROM second_factors
        WHERE user_id = $1 AND removed_at IS NULL
        ORDER BY created_at
               , id
        LIMIT 100
        "#,
        user as _,
    )
    .fetch_all(work.db())
    .await?;
    Ok(applications)
}

/// An application to be written.
pub(super) struct NewApplication<'a> {
    pub user: UserId,
    pub name: &'a str,
    pub sealed: &'a [u8],
    pub step: i64,
    /// The digest of the backup code, when the account has none.
    pub backup: Option<Vec<u8>>,
}

pub(super) async fn insert(
    work: &mut Work<'_>,
    added: Changed<SecondFactorId>,
    new: NewApplication<'_>,
) -> Result<()> {
    let NewApplication { user, name, sealed, step, backup } = new;
    let (id, now) = (work.keep(added), work.now());
    sqlx::query!(
        r#"
        INSERT INTO second_factors (id, user_id, name, sealed, last_step, next_try_at, created_at, last_used_at)
        VALUES ($1, $2, $3, $4, $5, $6, $6, $6)
        "#,
        id as _,
        user as _,
        name,
        sealed,
        step,
        now,
    )
    .execute(work.db())
    .await?;
    let Some(digest) = backup else { return Ok(()) };
    sqlx::query!(
        "INSERT INTO backup_codes (user_id, digest, created_at) VALUES ($1, $2, $3)",
        user as _,
        digest,
        now,
    )
    .execute(work.db())
    .await?;
    Ok(())
}

/// A right code: neither it nor one before opens anything again.
pub(super) async fn save_used(work: &mut Work<'_>, showed: Changed<SecondFactorId>, step: i64) -> Result<()> {
    let (id, now) = (work.keep(showed), work.now());
    let result = sqlx::query!(
        r#"
        UPDATE second_factors
        SET last_step = $2, failures = 0, next_try_at = $3, last_used_at = $3
        WHERE id = $1
        "#,
        id as _,
        step,
        now,
    )
    .execute(work.db())
    .await?;
    ensure_one_row(&result, "second_factors")
}

/// A wrong code: how many each application has, and when it looks at the next.
pub(super) async fn save_failures(
    work: &mut Work<'_>,
    wrong: Changed<Vec<(SecondFactorId, i32, DateTime<Utc>)>>,
) -> Result<()> {
    for (id, failures, next_try_at) in work.keep(wrong) {
        let result = sqlx::query!(
            "UPDATE second_factors SET failures = $2, next_try_at = $3 WHERE id = $1",
            id as _,
            failures,
            next_try_at,
        )
        .execute(work.db())
        .await?;
        ensure_one_row(&result, "second_factors")?;
    }
    Ok(())
}

/// `false` when the person has no such application.
pub(super) async fn remove(
    work: &mut Work<'_>,
    removed: Changed<SecondFactorId>,
    user: UserId,
) -> Result<bool> {
    let (id, now) = (work.keep(removed), work.now());
    let result = sqlx::query!(
        "UPDATE second_factors SET removed_at = $3 WHERE id = $1 AND user_id = $2 AND removed_at IS NULL",
        id as _,
        user as _,
        now,
    )
    .execute(work.db())
    .await?;
    Ok(result.rows_affected() == 1)
}

/// The backup code serves once, and every application goes with it; `false` when it is not that one.
pub(super) async fn use_backup_code(
    work: &mut Work<'_>,
    used: Changed<UserId>,
    digest: &[u8],
) -> Result<bool> {
    let (user, now) = (work.keep(used), work.now());
    let taken =
        sqlx::query!("DELETE FROM backup_codes WHERE user_id = $1 AND digest = $2", user as _, digest)
            .execute(work.db())
            .await?;
    if taken.rows_affected() != 1 {
        return Ok(false);
    }
    sqlx::query!(
        "UPDATE second_factors SET removed_at = $2 WHERE user_id = $1 AND removed_at IS NULL",
        user as _,
        now,
    )
    .execute(work.db())
    .await?;
    Ok(true)
}

pub(super) async fn has_backup_code(work: &mut Work<'_>, user: UserId) -> Result<bool> {
    let has_one = sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT FROM backup_codes WHERE user_id = $1) AS "has_one!""#,
        user as _,
    )
    .fetch_one(work.db())
    .await?;
    Ok(has_one)
}
