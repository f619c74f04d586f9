//! Local accounts in and out of the database.

mod failures;
mod sign_up;

use chrono::{DateTime, Utc};
use iae_domain::Changed;
use iae_domain::accounts::{Holder, UserKind};
use iae_domain::ids::UserId;
use iae_domain::text::Email;
use uuid::Uuid;

pub(super) use failures::{failures, forget_try, insert_try};
pub(super) use sign_up::{insert_sign_up, nir_holder, open_account};

use super::change_email::ChangeEmailRefused;
use crate::accounts::PasswordHash;
use crate::db::ensure_one_row;
use crate::error::Result;
use crate::failure::refused_by;
use crate::{Db, Failure, Work};

/// An account, as a sign-in looks at it.
pub(super) struct LocalAccount {
    pub user: UserId,
    pub is_active: bool,
    pub email: Option<Email>,
    pub hash: Option<PasswordHash>,
}

/// The account of an address, if there is one.
pub(super) async fn by_email(db: &Db, email: &Email) -> Result<Option<LocalAccount>> {
    let account = sqlx::query_as!(
        LocalAccount,
        r#"
        SELECT u.id AS "user: UserId"
             , u.is_active
             , u.email AS "email: Email"
             , p.hash AS "hash?: PasswordHash"
        FROM users u
        LEFT JOIN local_passwords p ON p.user_id = u.id
        WHERE u.email = $1
        "#,
        email.as_str(),
    )
    .fetch_optional(db)
    .await?;
    Ok(account)
}

/// An account, held until the work ends.
pub(super) async fn lock(work: &mut Work<'_>, user: UserId) -> Result<Option<LocalAccount>> {
    let account = sqlx::query_as!(
        LocalAccount,
        r#"
        SELECT u.id AS "user: UserId"
             , u.is_active
             , u.email AS "email: Email"
             , (SELECT p.hash FROM local_passwords p WHERE p.user_id = u.id) AS "hash: PasswordHash"
        FROM users u
        WHERE u.id = $1
        FOR UPDATE OF u
        "#,
        user as _,
    )
    .fetch_optional(work.db())
    .await?;
    work.locked();
    Ok(account)
}

/// The password of an account, if it has one here.
pub(super) async fn hash_of(db: &Db, user: UserId) -> Result<Option<PasswordHash>> {
    let hash = sqlx::query_scalar!(
        r#"SELECT hash AS "hash: PasswordHash" FROM local_passwords WHERE user_id = $1"#,
        user as _,
    )
    .fetch_optional(db)
    .await?;
    Ok(hash)
}

/// Who has an address, and whether they sign in by a provider.
pub(super) async fn holder(work: &mut Work<'_>, email: &Email) -> Result<Option<(Holder, bool)>> {
    let row = sqlx::query!(
        r#"
        SELECT u.id AS "user: UserId"
             , u.kind AS "kind: UserKind"
             , u.is_active
             , EXISTS (SELECT FROM local_passwords p WHERE p.user_id = u.id) AS "has_password!"
             , EXISTS (SELECT FROM identities i WHERE i.user_id = u.id) AS "has_identity!"
        FROM users u
        WHERE u.email = $1
        "#,
        email.as_str(),
    )
    .fetch_optional(work.db())
    .await?;
    Ok(row.map(|row| {
        let is_opened = row.has_password || row.has_identity;
        let holder = Holder { user: row.user, kind: row.kind, is_active: row.is_active, is_opened };
        (holder, row.has_identity)
    }))
}

/// Writes a password, in place of the one there was, whose links serve no more; what failed for these accounts, as failures
/// are counted, is forgotten.
pub(super) async fn save_password(
    work: &mut Work<'_>,
    chosen: Changed<UserId>,
    hash: &PasswordHash,
    forgiven: &[Vec<u8>],
) -> Result<()> {
    let (user, now) = (work.keep(chosen), work.now());
    sqlx::query!(
        r#"
        INSERT INTO local_passwords (user_id, hash, set_at)
        VALUES ($1, $2, $3)
        ON CONFLICT (user_id) DO UPDATE SET hash = excluded.hash, set_at = excluded.set_at
        "#,
        user as _,
        hash.as_str(),
        now,
    )
    .execute(work.db())
    .await?;
    sqlx::query!("DELETE FROM login_failures WHERE account = ANY ($1::bytea[])", forgiven)
        .execute(work.db())
        .await?;
    close_links(work, user).await
}

/// Writes the new address of an account; refused when somebody has it since.
pub(super) async fn save_email(
    work: &mut Work<'_>,
    changed: Changed<UserId>,
    email: &Email,
) -> Result<(), Failure<ChangeEmailRefused>> {
    let user = work.keep(changed);
    let result = sqlx::query!("UPDATE users SET email = $2 WHERE id = $1", user as _, email.as_str())
        .execute(work.db())
        .await
        .map_err(refused_by("users_email_key", ChangeEmailRefused::Taken))?;
    ensure_one_row(&result, "users")?;
    close_links(work, user).await?;
    Ok(())
}

/// Writes that somebody signed in; `false` when their sessions were ended since they began. Their password was right: it is no
/// failure, and links to choose another serve no more.
pub(super) async fn save_login(
    work: &mut Work<'_>,
    logged_in: Changed<UserId>,
    began_at: Option<DateTime<Utc>>,
    attempt: Option<Uuid>,
) -> Result<bool> {
    let (user, now) = (work.keep(logged_in), work.now());
    let result = sqlx::query!(
        r#"
        UPDATE users
        SET last_login_at = $2, first_login_at = coalesce(first_login_at, $2)
        WHERE id = $1 AND (sessions_ended_at < $3) IS NOT FALSE
        "#,
        user as _,
        now,
        began_at,
    )
    .execute(work.db())
    .await?;
    if let Some(attempt) = attempt {
        forget_try(work, attempt).await?;
    }
    close_links(work, user).await?;
    Ok(result.rows_affected() == 1)
}

/// The links that choose a password for this account serve no more: another was chosen, or whoever asked remembered it.
async fn close_links(work: &mut Work<'_>, user: UserId) -> Result<()> {
    let now = work.now();
    sqlx::query!(
        r#"
        UPDATE account_letters
        SET used_at = $2
        WHERE user_id = $1
          AND used_at IS NULL
          AND kind IN ('account_activation', 'account_password_reset', 'account_locked', 'account_of_team')
        "#,
        user as _,
        now,
    )
    .execute(work.db())
    .await?;
    Ok(())
}
