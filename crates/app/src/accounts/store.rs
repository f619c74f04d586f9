//! Accounts, identities and login attempts in and out of the database.

mod attempts;
mod claims;

use chrono::{DateTime, Utc};
use iae_domain::Changed;
use iae_domain::accounts::{
    Claims, ExistingAccount, Login, NewStaff, Provider, StaffRefused, Subject, UserKind,
};
use iae_domain::ids::UserId;
use iae_domain::text::Email;

pub(super) use attempts::{LoginAttempt, asked_page, consume_attempt, insert_attempt, spend_logout_token};

use crate::db::ensure_one_row;
use crate::error::Result;
use crate::failure::refused_by;
use crate::{Failure, Work};

/// Writes a new account of the team; refuses an address that somebody has.
pub(super) async fn insert_staff(
    work: &mut Work<'_>,
    new: Changed<NewStaff>,
) -> Result<(), Failure<StaffRefused>> {
    let staff = work.keep(new);
    sqlx::query!(
        r#"
        INSERT INTO users (id, kind, email, first_name, last_name, is_superuser, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        "#,
        staff.id as _,
        UserKind::Staff.code(),
        staff.email.as_str(),
        staff.first_name.as_str(),
        staff.last_name.as_str(),
        staff.is_superuser,
        work.now(),
    )
    .execute(work.db())
    .await
    .map_err(refused_by("users_email_key", StaffRefused::EmailTaken))?;
    let groups: Vec<String> = staff.groups.iter().map(|group| group.code().to_owned()).collect();
    let now = work.now();
    sqlx::query!(
        r#"
        INSERT INTO staff_groups (user_id, code, since)
        SELECT $1, code, $2
        FROM unnest($3::text[]) AS given (code)
        ON CONFLICT (user_id, code) DO NOTHING
        "#,
        staff.id as _,
        now,
        &groups,
    )
    .execute(work.db())
    .await?;
    Ok(())
}

/// Makes sign-ins under one subject, or that may lead to one account, take turns: what is read of accounts and identities
/// afterwards is what the one before wrote, so that two tabs never both tie what is not tied yet. Accounts are locked in
/// the order of their ids, lest two people wait for each other.
pub(super) async fn lock_sign_in(work: &mut Work<'_>, claims: &Claims) -> Result<()> {
    let (provider, subject) = (claims.provider.code(), claims.subject.as_str());
    sqlx::query!("SELECT pg_advisory_xact_lock(hashtextextended($1, 3))", format!("{provider} {subject}"))
        .execute(work.db())
        .await?;
    // Of two who would open an account with one address, whatever the road, the second finds it.
    lock_address(work, &claims.email).await?;
    sqlx::query!(
        r#"
        SELECT u.id
        FROM users u
        WHERE u.email = $3
           OR u.id = (SELECT i.user_id FROM identities i WHERE i.provider = $1 AND i.subject = $2)
        ORDER BY u.id
        LIMIT 2
        FOR UPDATE
        "#,
        provider,
        subject,
        claims.email.as_str(),
    )
    .fetch_all(work.db())
    .await?;
    work.locked();
    Ok(())
}

/// Makes whoever opens an account with this address, or writes a letter to it, take turns.
pub(super) async fn lock_address(work: &mut Work<'_>, email: &Email) -> Result<()> {
    sqlx::query!("SELECT pg_advisory_xact_lock(hashtextextended($1, 4))", email.as_str())
        .execute(work.db())
        .await?;
    work.locked();
    Ok(())
}

pub(super) async fn account_by_subject(
    work: &mut Work<'_>,
    provider: Provider,
    subject: &Subject,
) -> Result<Option<ExistingAccount>> {
    let account = sqlx::query_as!(
        ExistingAccount,
        r#"
        SELECT u.id AS "user"
             , u.kind
             , u.is_active
             , true AS "has_identity!"
             , true AS "has_identity_at_provider!"
             , u.subject_change_armed_at IS NOT NULL AS "may_change_subject!"
        FROM identities i
        JOIN users u ON u.id = i.user_id
        WHERE i.provider = $1 AND i.subject = $2
        FOR UPDATE OF u
        "#,
        provider.code(),
        subject.as_str(),
    )
    .fetch_optional(work.db())
    .await?;
    work.locked();
    Ok(account)
}

pub(super) async fn account_by_email(
    work: &mut Work<'_>,
    provider: Provider,
    email: &Email,
) -> Result<Option<ExistingAccount>> {
    let account = sqlx::query_as!(
        ExistingAccount,
        r#"
        SELECT u.id AS "user"
             , u.kind
             , u.is_active
             , EXISTS (SELECT FROM identities i WHERE i.user_id = u.id) AS "has_identity!"
             , EXISTS (SELECT FROM identities i WHERE i.user_id = u.id AND i.provider = $2)
                   AS "has_identity_at_provider!"
             , u.subject_change_armed_at IS NOT NULL AS "may_change_subject!"
        FROM users u
        WHERE u.email = $1
        FOR UPDATE
        "#,
        email.as_str(),
        provider.code(),
    )
    .fetch_optional(work.db())
    .await?;
    Ok(account)
}

/// Writes that someone signed in, and the identity that is now theirs when it is new; `false` when their sessions were
/// ended since this login began, by whoever no longer trusts what it began with. What the team let change once may no longer
/// (OID-12), and what was to go stays (USR-16).
pub(super) async fn save_login(
    work: &mut Work<'_>,
    login: Changed<Login>,
    claims: &Claims,
    began_at: DateTime<Utc>,
) -> Result<bool> {
    let login = self::claims::write(work, login, claims).await?;
    let result = sqlx::query!(
        r#"
        UPDATE users
        SET last_login_at = $2
          , first_login_at = coalesce(first_login_at, $2)
          , subject_change_armed_at = NULL
          , upcoming_deletion_notified_at = NULL
        WHERE id = $1 AND (sessions_ended_at < $3) IS NOT FALSE
        "#,
        login.user() as _,
        work.now(),
        began_at,
    )
    .execute(work.db())
    .await?;
    Ok(result.rows_affected() == 1)
}

async fn insert_identity(
    work: &mut Work<'_>,
    user: UserId,
    provider: Provider,
    subject: &Subject,
) -> sqlx::Result<()> {
    sqlx::query!(
        "INSERT INTO identities (provider, subject, user_id, linked_at) VALUES ($1, $2, $3, $4)",
        provider.code(),
        subject.as_str(),
        user as _,
        work.now(),
    )
    .execute(work.db())
    .await?;
    Ok(())
}

async fn replace_identity(work: &mut Work<'_>, user: UserId, claims: &Claims) -> Result<()> {
    let result = sqlx::query!(
        "UPDATE identities SET subject = $3, linked_at = $4 WHERE user_id = $1 AND provider = $2",
        user as _,
        claims.provider.code(),
        claims.subject.as_str(),
        work.now(),
    )
    .execute(work.db())
    .await?;
    ensure_one_row(&result, "identities")
}

/// Deletes every session of a person, who was locked, and those of the logins under way; gives how many there were.
pub(super) async fn delete_sessions(work: &mut Work<'_>, ended: Changed<UserId>) -> Result<u64> {
    let (user, now) = (work.keep(ended), work.now());
    let result = sqlx::query!("UPDATE users SET sessions_ended_at = $2 WHERE id = $1", user as _, now)
        .execute(work.db())
        .await?;
    ensure_one_row(&result, "users")?;
    let done = sqlx::query!("DELETE FROM sessions WHERE user_id = $1", user as _).execute(work.db()).await?;
    Ok(done.rows_affected())
}

/// Deletes every session of these people, who are all those who have one, and those of the logins under way; gives how many
/// there were.
pub(super) async fn delete_sessions_of_all(work: &mut Work<'_>, ended: Changed<Vec<UserId>>) -> Result<u64> {
    work.keep(ended);
    let now = work.now();
    sqlx::query!("UPDATE users SET sessions_ended_at = $1 WHERE is_active", now).execute(work.db()).await?;
    // Whoever signed in since they were counted is out too.
    let done = sqlx::query!("DELETE FROM sessions WHERE user_id IS NOT NULL").execute(work.db()).await?;
    Ok(done.rows_affected())
}

/// Everyone who is signed in somewhere.
pub(super) async fn people_with_sessions(work: &mut Work<'_>) -> Result<Vec<UserId>> {
    let people = sqlx::query_scalar!(
        r#"
        SELECT DISTINCT user_id AS "user!: UserId"
        FROM sessions
        WHERE user_id IS NOT NULL
        ORDER BY 1
        LIMIT 1000000
        "#,
    )
    .fetch_all(work.db())
    .await?;
    Ok(people)
}

/// Whoever has this address.
pub(super) async fn account_with(work: &mut Work<'_>, email: &Email) -> Result<Option<UserId>> {
    let user = sqlx::query_scalar!(
        r#"SELECT id AS "id: UserId" FROM users WHERE email = $1 FOR UPDATE"#,
        email.as_str(),
    )
    .fetch_optional(work.db())
    .await?;
    work.locked();
    Ok(user)
}

/// Writes the version of the terms that somebody accepted, and when.
pub(super) async fn save_terms(work: &mut Work<'_>, accepted: Changed<UserId>, version: &str) -> Result<()> {
    let (user, now) = (work.keep(accepted), work.now());
    let result = sqlx::query!(
        "UPDATE users SET terms_version = $2, terms_accepted_at = $3 WHERE id = $1",
        user as _,
        version,
        now,
    )
    .execute(work.db())
    .await?;
    ensure_one_row(&result, "users")
}

/// Writes that somebody was welcomed, the first time.
pub(super) async fn save_welcome(work: &mut Work<'_>, welcomed: Changed<UserId>) -> Result<()> {
    let (user, now) = (work.keep(welcomed), work.now());
    let result = sqlx::query!(
        "UPDATE users SET welcomed_at = coalesce(welcomed_at, $2) WHERE id = $1",
        user as _,
        now
    )
    .execute(work.db())
    .await?;
    ensure_one_row(&result, "users")
}
