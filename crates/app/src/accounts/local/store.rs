//! Local accounts in and out of the database.

use chrono::{DateTime, Utc};
use iae_domain::Changed;
use iae_domain::accounts::{ACCOUNT_WINDOW, Failures, Holder, PasswordTry, SignUp, UserKind, VISITOR_WINDOW};
use iae_domain::candidates::Nir;
use iae_domain::ids::{AccountLetterId, UserId, uuid_at};
use iae_domain::text::{Email, folded};
use uuid::Uuid;

use super::change_email::ChangeEmailRefused;
use super::sign_up::ConfirmRefused;
use crate::accounts::PasswordHash;
use crate::candidates::store::birth_columns;
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

/// Who has a social security number.
pub(super) async fn nir_holder(work: &mut Work<'_>, nir: &Nir) -> Result<Option<UserId>> {
    let user =
        sqlx::query_scalar!(r#"SELECT id AS "id: UserId" FROM candidates WHERE nir = $1"#, nir.as_str(),)
            .fetch_optional(work.db())
            .await?;
    Ok(user)
}

/// Keeps what was typed to sign up until the address is proved.
pub(super) async fn insert_sign_up(
    work: &mut Work<'_>,
    letter: AccountLetterId,
    kept: Changed<SignUp>,
    hash: &PasswordHash,
) -> Result<()> {
    let new = work.keep(kept);
    let (birth_commune, birth_country) = birth_columns(&new.birth_place);
    sqlx::query!(
        r#"
        INSERT INTO sign_ups
            (letter_id, title, first_name, last_name, birth_date, birth_commune_code, birth_country_code, nir,
             password_hash)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        "#,
        letter as _,
        new.title.code(),
        new.first_name.as_str(),
        new.last_name.as_str(),
        new.birth_date.date(),
        birth_commune,
        birth_country,
        new.nir.as_ref().map(Nir::as_str),
        hash.as_str(),
    )
    .execute(work.db())
    .await?;
    Ok(())
}

/// Opens the account of a sign-up whose address is proved, and its file; refused when the address or the number was taken
/// meanwhile. What was kept until then goes.
pub(super) async fn open_account(
    work: &mut Work<'_>,
    letter: AccountLetterId,
    opened: Changed<UserId>,
) -> Result<(), Failure<ConfirmRefused>> {
    let (user, now) = (work.keep(opened), work.now());
    let result = sqlx::query!(
        r#"
        INSERT INTO users (id, kind, email, first_name, last_name, title, created_at)
        SELECT $2, 'job_seeker', l.email, s.first_name, s.last_name, s.title, $3
        FROM sign_ups s
        JOIN account_letters l ON l.id = s.letter_id
        WHERE s.letter_id = $1
        "#,
        letter as _,
        user as _,
        now,
    )
    .execute(work.db())
    .await
    .map_err(refused_by("users_email_key", ConfirmRefused::EmailTaken))?;
    ensure_one_row(&result, "users")?;
    let names = sqlx::query!("SELECT first_name, last_name FROM sign_ups WHERE letter_id = $1", letter as _,)
        .fetch_one(work.db())
        .await?;
    sqlx::query!(
        r#"
        INSERT INTO candidates
            (id, birth_date, birth_commune_code, birth_country_code, nir, created_at, updated_at, search)
        SELECT $2, birth_date, birth_commune_code, birth_country_code, nir, $3, $3, $4
        FROM sign_ups
        WHERE letter_id = $1
        "#,
        letter as _,
        user as _,
        now,
        folded(&format!("{} {}", names.last_name, names.first_name)),
    )
    .execute(work.db())
    .await
    .map_err(refused_by("candidates_nir_key", ConfirmRefused::NirTaken))?;
    sqlx::query!(
        r#"
        INSERT INTO local_passwords (user_id, hash, set_at)
        SELECT $2, password_hash, $3
        FROM sign_ups
        WHERE letter_id = $1
        "#,
        letter as _,
        user as _,
        now,
    )
    .execute(work.db())
    .await?;
    sqlx::query!("DELETE FROM sign_ups WHERE letter_id = $1", letter as _).execute(work.db()).await?;
    Ok(())
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

/// The password was right: its try is no failure.
pub(super) async fn forget_try(work: &mut Work<'_>, attempt: Uuid) -> Result<()> {
    sqlx::query!("DELETE FROM login_failures WHERE id = $1", attempt).execute(work.db()).await?;
    Ok(())
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

/// What failed lately for an account and from an address of the network: whoever tries for the same account waits.
pub(super) async fn failures(work: &mut Work<'_>, account: &[u8], visitor: &[u8]) -> Result<Failures> {
    sqlx::query!("SELECT pg_advisory_xact_lock(hashtextextended(encode($1, 'hex'), 5))", account)
        .execute(work.db())
        .await?;
    work.locked();
    let now = work.now();
    let failures = sqlx::query_as!(
        Failures,
        r#"
        SELECT (SELECT count(*) FROM login_failures WHERE account = $1 AND at > $3) AS "of_account!"
             , (SELECT count(*) FROM login_failures WHERE visitor = $2 AND at > $4) AS "of_visitor!"
        "#,
        account,
        visitor,
        now - ACCOUNT_WINDOW,
        now - VISITOR_WINDOW,
    )
    .fetch_one(work.db())
    .await?;
    Ok(failures)
}

/// Keeps a password that is about to be looked at; gives what forgets it.
pub(super) async fn insert_try(work: &mut Work<'_>, tried: Changed<PasswordTry>) -> Result<(Uuid, bool)> {
    let PasswordTry { account, visitor, is_last } = work.keep(tried);
    let (id, now) = (uuid_at(work.now()), work.now());
    sqlx::query!(
        "INSERT INTO login_failures (id, account, visitor, at) VALUES ($1, $2, $3, $4)",
        id,
        account,
        visitor,
        now,
    )
    .execute(work.db())
    .await?;
    Ok((id, is_last))
}
