//! Accounts that nobody uses, in and out of the database.

use chrono::{DateTime, Utc};
use iae_domain::Changed;
use iae_domain::accounts::UserKind;
use iae_domain::accounts::unused::{Anonymised, Told, Usage};
use iae_domain::ids::{OrganisationId, UserId};
use iae_domain::text::Email;
use sqlx::postgres::PgQueryResult;
use sqlx::{Executor as _, PgConnection};

use crate::db::ensure_one_row;
use crate::error::Result;
use crate::{Db, Work};

/// An account that may be one that nobody uses.
pub(super) struct Account {
    /// How it is used.
    pub usage: Usage,
    /// Where its holder is told.
    pub email: Option<Email>,
}

/// Professionals who last signed in before, and were not told since: some at a time, those for the longest first. The others wait for
/// the next day; whoever has no address, as the team let them come back (USR-17), for their next sign-in.
pub(super) async fn to_tell(db: &Db, before: DateTime<Utc>) -> Result<Vec<UserId>> {
    let accounts = sqlx::query_scalar!(
        r#"
        SELECT id AS "id: UserId"
        FROM users
        WHERE kind = 'professional'
          AND is_active
          AND email IS NOT NULL
          AND last_login_at < $1
          AND (upcoming_deletion_notified_at IS NULL OR upcoming_deletion_notified_at < last_login_at)
        ORDER BY last_login_at, id
        LIMIT 500
        "#,
        before,
    )
    .fetch_all(db)
    .await?;
    Ok(accounts)
}

/// Those who were told before, and did not sign in since: some at a time, those told first before the others.
pub(super) async fn to_close(db: &Db, before: DateTime<Utc>) -> Result<Vec<UserId>> {
    let accounts = sqlx::query_scalar!(
        r#"
        SELECT id AS "id: UserId"
        FROM users
        WHERE kind = 'professional'
          AND is_active
          AND upcoming_deletion_notified_at < $1
          AND (last_login_at IS NULL OR last_login_at <= upcoming_deletion_notified_at)
        ORDER BY upcoming_deletion_notified_at, id
        LIMIT 500
        "#,
        before,
    )
    .fetch_all(db)
    .await?;
    Ok(accounts)
}

/// The account, held until the work ends: read once it is. Whoever signs in to it waits, or came first.
pub(super) async fn lock(work: &mut Work<'_>, user: UserId) -> Result<Option<Account>> {
    sqlx::query!("SELECT 1 AS locked FROM users WHERE id = $1 FOR UPDATE", user as _)
        .fetch_optional(work.db())
        .await?;
    work.locked();
    find(work.db(), user).await
}

pub(super) async fn find(db: &mut PgConnection, user: UserId) -> Result<Option<Account>> {
    let row = sqlx::query!(
        r#"
        SELECT u.kind AS "kind: UserKind"
             , u.is_active
             , u.email AS "email: Email"
             , u.last_login_at
             , u.upcoming_deletion_notified_at AS told_at
             , ARRAY(
                   SELECT m.organisation_id
                   FROM memberships m
                   WHERE m.user_id = u.id AND m.is_active
                   ORDER BY m.organisation_id
                   LIMIT 500
               ) AS "organisations!"
        FROM users u
        WHERE u.id = $1
        "#,
        user as _,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Account {
        usage: Usage {
            user,
            kind: row.kind,
            is_active: row.is_active,
            has_email: row.email.is_some(),
            last_login_at: row.last_login_at,
            told_at: row.told_at,
            memberships: row.organisations.into_iter().map(OrganisationId).collect(),
        },
        email: row.email,
    }))
}

/// Whether its holder was ever of an organisation, or did anything that the audit trail tells besides of their own account: what names
/// them would name nobody. So do remarks of the team on it (STF-2), which would go with it. What else refers to it keeps it too
/// ([`delete`]).
pub(super) async fn is_referred_to(work: &mut Work<'_>, user: UserId) -> Result<bool> {
    let is_referred_to = sqlx::query_scalar!(
        r#"
        SELECT EXISTS (SELECT FROM memberships m WHERE m.user_id = $1)
            OR EXISTS (SELECT FROM account_remarks r WHERE r.user_id = $1)
            OR EXISTS (SELECT FROM audit_events e WHERE e.actor_id = $1 AND e.subject_id <> $1) AS "is_referred_to!"
        "#,
        user as _,
    )
    .fetch_one(work.db())
    .await?;
    Ok(is_referred_to)
}

/// Writes that its holder was told, with the audit row and the mail.
pub(super) async fn save_told(work: &mut Work<'_>, told: Changed<Told>) -> Result<()> {
    let Told { user, at } = work.keep(told);
    let result = sqlx::query!(
        "UPDATE users SET upcoming_deletion_notified_at = $2 WHERE id = $1 AND is_active",
        user as _,
        at,
    )
    .execute(work.db())
    .await?;
    ensure_one_row(&result, "users")
}

/// Deletes it with what is its own; `false`, and nothing is done, when something of whatever feature refers to it.
pub(super) async fn delete(work: &mut Work<'_>, deleted: Changed<UserId>) -> Result<bool> {
    work.db().execute("SAVEPOINT unused_account").await?;
    match erase(work.db(), *deleted.value()).await {
        Ok(result) => {
            work.db().execute("RELEASE SAVEPOINT unused_account").await?;
            ensure_one_row(&result, "users")?;
            work.keep(deleted);
            Ok(true)
        }
        Err(error) if is_referred_to_by_key(&error) => {
            work.db().execute("ROLLBACK TO SAVEPOINT unused_account").await?;
            Ok(false)
        }
        Err(error) => Err(error.into()),
    }
}

/// What it signs in with goes with it, and what it spent of the day.
async fn erase(db: &mut PgConnection, user: UserId) -> sqlx::Result<PgQueryResult> {
    sqlx::query!("DELETE FROM identities WHERE user_id = $1", user as _).execute(&mut *db).await?;
    sqlx::query!("DELETE FROM spendings WHERE user_id = $1", user as _).execute(&mut *db).await?;
    sqlx::query!("DELETE FROM users WHERE id = $1", user as _).execute(&mut *db).await
}

fn is_referred_to_by_key(error: &sqlx::Error) -> bool {
    error.as_database_error().is_some_and(sqlx::error::DatabaseError::is_foreign_key_violation)
}

/// Writes that it is closed: its address and phone are forgotten, and what opens it but what its provider calls it, by which the team may
/// let its holder come back (USR-17). Its name stays, as does when its holder was told.
pub(super) async fn save_anonymised(work: &mut Work<'_>, closed: Changed<Anonymised>) -> Result<()> {
    let Anonymised { user, .. } = work.keep(closed);
    let now = work.now();
    let result = sqlx::query!(
        r#"
        WITH ended AS (DELETE FROM sessions WHERE user_id = $1)
           , forgotten AS (DELETE FROM local_passwords WHERE user_id = $1)
           , unpaired AS (DELETE FROM second_factors WHERE user_id = $1)
           , spent AS (DELETE FROM backup_codes WHERE user_id = $1)
           , stopped AS (UPDATE account_letters SET used_at = $2 WHERE user_id = $1 AND used_at IS NULL)
        UPDATE users
        SET is_active = false
          , email = NULL
          , phone = NULL
          , subject_change_armed_at = NULL
          , sessions_ended_at = $2
        WHERE id = $1 AND is_active
        "#,
        user as _,
        now,
    )
    .execute(work.db())
    .await?;
    ensure_one_row(&result, "users")
}
