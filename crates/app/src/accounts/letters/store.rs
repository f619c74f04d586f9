//! Letters in and out of the database.

use chrono::{DateTime, TimeDelta, Utc};
use iae_domain::Changed;
use iae_domain::accounts::{LETTER_LIFETIME, LetterKind, NewLetter};
use iae_domain::ids::{AccountLetterId, UserId};
use iae_domain::text::Email;
use sqlx::PgConnection;

use super::OpenLetter;
use crate::Work;
use crate::db::ensure_one_row;
use crate::error::Result;

/// How many letters were written to the address within an hour.
pub(super) async fn written_lately(work: &mut Work<'_>, to: &Email) -> Result<i64> {
    let since = work.now() - TimeDelta::hours(1);
    let written = sqlx::query_scalar!(
        r#"SELECT count(*) AS "written!" FROM account_letters WHERE email = $1 AND created_at > $2"#,
        to.as_str(),
        since,
    )
    .fetch_one(work.db())
    .await?;
    Ok(written)
}

pub(super) async fn was_written(work: &mut Work<'_>, kind: LetterKind, user: UserId) -> Result<bool> {
    let since = work.now() - TimeDelta::days(1);
    let was_written = sqlx::query_scalar!(
        r#"
        SELECT EXISTS (
            SELECT FROM account_letters WHERE user_id = $1 AND kind = $2 AND created_at > $3
        ) AS "was_written!"
        "#,
        user as _,
        kind.code(),
        since,
    )
    .fetch_one(work.db())
    .await?;
    Ok(was_written)
}

/// Writes a letter, with its audit row and its mail.
pub(super) async fn insert(work: &mut Work<'_>, new: Changed<NewLetter>) -> Result<()> {
    let letter = work.keep(new);
    let now = work.now();
    sqlx::query!(
        r#"
        INSERT INTO account_letters (id, kind, email, user_id, created_at, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6)
        "#,
        letter.id as _,
        letter.kind.code(),
        letter.to.as_str(),
        letter.user as Option<UserId>,
        now,
        now + LETTER_LIFETIME,
    )
    .execute(work.db())
    .await?;
    Ok(())
}

/// Makes two clicks on one link take turns, and those on the links of one account: it is locked first.
pub(super) async fn lock(work: &mut Work<'_>, id: AccountLetterId) -> Result<()> {
    sqlx::query!(
        r#"
        SELECT 1 AS locked
        FROM users u
        WHERE u.id = (SELECT l.user_id FROM account_letters l WHERE l.id = $1)
        FOR UPDATE
        "#,
        id as _,
    )
    .fetch_optional(work.db())
    .await?;
    sqlx::query!("SELECT 1 AS locked FROM account_letters WHERE id = $1 FOR UPDATE", id as _)
        .fetch_optional(work.db())
        .await?;
    work.locked();
    Ok(())
}

/// The letter, while its link serves and its account is open.
pub(super) async fn find(
    db: &mut PgConnection,
    id: AccountLetterId,
    now: DateTime<Utc>,
) -> Result<Option<OpenLetter>> {
    let letter = sqlx::query_as!(
        OpenLetter,
        r#"
        SELECT l.id
             , l.kind AS "kind: LetterKind"
             , l.email AS "email: Email"
             , l.user_id AS "user: UserId"
             , coalesce(u.first_name, s.first_name, '') AS "first_name!"
             , coalesce(u.last_name, s.last_name, '') AS "last_name!"
             , u.first_login_at IS NOT NULL AS "signed_in_before!"
        FROM account_letters l
        LEFT JOIN users u ON u.id = l.user_id
        LEFT JOIN sign_ups s ON s.letter_id = l.id
        WHERE l.id = $1 AND l.used_at IS NULL AND l.expires_at > $2 AND u.is_active IS NOT FALSE
        "#,
        id as _,
        now,
    )
    .fetch_optional(db)
    .await?;
    Ok(letter)
}

/// Whether the letter was written to this address.
pub(super) async fn is_to(db: &mut PgConnection, id: AccountLetterId, recipient: &str) -> Result<bool> {
    let is_to = sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT FROM account_letters WHERE id = $1 AND email = $2) AS "is_to!""#,
        id as _,
        recipient,
    )
    .fetch_one(db)
    .await?;
    Ok(is_to)
}

/// Writes that a link served, with its audit row.
pub(super) async fn save_used(work: &mut Work<'_>, used: Changed<AccountLetterId>) -> Result<()> {
    let (id, now) = (work.keep(used), work.now());
    let result = sqlx::query!(
        "UPDATE account_letters SET used_at = $2 WHERE id = $1 AND used_at IS NULL",
        id as _,
        now,
    )
    .execute(work.db())
    .await?;
    ensure_one_row(&result, "account_letters")
}
