//! Accounts that the team acts on, in and out of the database.

use chrono::{DateTime, Utc};
use iae_domain::Changed;
use iae_domain::accounts::{
    Deactivated, EmailReplaced, Overseen, OversightRefused, Provider, SubjectChange, UserKind,
};
use iae_domain::ids::{OrganisationId, UserId};
use iae_domain::text::{Email, full_name};
use sqlx::PgConnection;
use uuid::Uuid;

use super::Failure;
use crate::db::ensure_one_row;
use crate::error::Result;
use crate::failure::refused_by;
use crate::{Db, Work};

/// An account, and whose it is.
#[derive(Debug, Clone)]
pub struct Account {
    /// What is acted on.
    pub overseen: Overseen,
    /// « Prénom NOM ».
    pub name: String,
    /// Whether it holds every right: then it is for superusers alone (STF-1).
    pub is_superuser: bool,
}

struct Row {
    user: UserId,
    kind: UserKind,
    is_active: bool,
    is_superuser: bool,
    first_name: String,
    last_name: String,
    email: Option<Email>,
    has_password: bool,
    armed_at: Option<DateTime<Utc>>,
    deletion_told_at: Option<DateTime<Utc>>,
    providers: Vec<String>,
    tied_at: Vec<DateTime<Utc>>,
    organisations: Vec<Uuid>,
    changed_at: Vec<DateTime<Utc>>,
}

impl From<Row> for Account {
    fn from(row: Row) -> Self {
        let tied = row.providers.iter().zip(row.tied_at);
        let identities = tied.filter_map(|(code, at)| Some((Provider::parse(code)?, at))).collect();
        let there = row.organisations.into_iter().map(OrganisationId).zip(row.changed_at);
        let overseen = Overseen {
            user: row.user,
            kind: row.kind,
            is_active: row.is_active,
            email: row.email,
            has_password: row.has_password,
            identities,
            armed_at: row.armed_at,
            deletion_told_at: row.deletion_told_at,
            memberships: there.collect(),
        };
        Self { overseen, name: full_name(&row.first_name, &row.last_name), is_superuser: row.is_superuser }
    }
}

/// The account, as a page shows it.
pub(super) async fn account(db: &Db, user: UserId) -> Result<Option<Account>> {
    find(&mut *db.acquire().await?, user).await
}

/// The account, held until the work ends: read once it is.
pub(super) async fn lock(work: &mut Work<'_>, user: UserId) -> Result<Option<Account>> {
    sqlx::query!("SELECT 1 AS locked FROM users WHERE id = $1 FOR UPDATE", user as _)
        .fetch_optional(work.db())
        .await?;
    work.locked();
    find(work.db(), user).await
}

async fn find(db: &mut PgConnection, user: UserId) -> Result<Option<Account>> {
    Ok(find_all(db, &[user]).await?.pop())
}

/// Several accounts, in the order of their ids.
pub(super) async fn find_all(db: &mut PgConnection, users: &[UserId]) -> Result<Vec<Account>> {
    let ids: Vec<Uuid> = users.iter().map(|user| user.0).collect();
    let rows = sqlx::query_as!(
        Row,
        r#"
        SELECT u.id AS "user: UserId"
             , u.kind AS "kind: UserKind"
             , u.is_active
             , u.is_superuser
             , u.first_name
             , u.last_name
             , u.email AS "email: Email"
             , EXISTS (SELECT FROM local_passwords p WHERE p.user_id = u.id) AS "has_password!"
             , u.subject_change_armed_at AS armed_at
             , u.upcoming_deletion_notified_at AS deletion_told_at
             , ARRAY(
                   SELECT i.provider FROM identities i WHERE i.user_id = u.id ORDER BY i.provider LIMIT 20
               ) AS "providers!"
             , ARRAY(
                   SELECT i.linked_at FROM identities i WHERE i.user_id = u.id ORDER BY i.provider LIMIT 20
               ) AS "tied_at!"
             , ARRAY(
                   SELECT m.organisation_id
                   FROM memberships m
                   WHERE m.user_id = u.id AND m.is_active
                   ORDER BY m.organisation_id
                   LIMIT 500
               ) AS "organisations!"
             , ARRAY(
                   SELECT m.updated_at
                   FROM memberships m
                   WHERE m.user_id = u.id AND m.is_active
                   ORDER BY m.organisation_id
                   LIMIT 500
               ) AS "changed_at!"
        FROM users u
        WHERE u.id = ANY ($1::uuid[])
        ORDER BY u.id
        LIMIT 1000
        "#,
        &ids,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(Account::from).collect())
}

/// The organisations somebody acts for, to be locked before they are.
pub(super) async fn organisations(work: &mut Work<'_>, user: UserId) -> Result<Vec<OrganisationId>> {
    let organisations = sqlx::query_scalar!(
        r#"
        SELECT organisation_id AS "id: OrganisationId"
        FROM memberships
        WHERE user_id = $1 AND is_active
        ORDER BY organisation_id
        LIMIT 500
        "#,
        user as _,
    )
    .fetch_all(work.db())
    .await?;
    Ok(organisations)
}

/// Writes that an account closes: its address and its subjects are free for another (USR-15). What an account closed before took of
/// the same name is told apart by its id.
pub(super) async fn save_deactivated(work: &mut Work<'_>, closed: Changed<Deactivated>) -> Result<()> {
    let Deactivated { user, .. } = work.keep(closed);
    let result = sqlx::query!(
        r#"
        UPDATE users u
        SET is_active = false
          , subject_change_armed_at = NULL
          , email = CASE
                WHEN EXISTS (SELECT FROM users other WHERE other.email = u.email || '_old')
                    THEN u.email || '_old_' || u.id::text
                ELSE u.email || '_old'
            END
        WHERE u.id = $1 AND u.is_active
        "#,
        user as _,
    )
    .execute(work.db())
    .await?;
    ensure_one_row(&result, "users")?;
    sqlx::query!(
        r#"
        UPDATE identities i
        SET subject = CASE
                WHEN EXISTS (
                    SELECT FROM identities other WHERE other.provider = i.provider AND other.subject = 'old_' || i.subject
                )
                    THEN 'old_' || i.user_id::text || '_' || i.subject
                ELSE 'old_' || i.subject
            END
        WHERE i.user_id = $1
        "#,
        user as _,
    )
    .execute(work.db())
    .await?;
    close_links(work, user).await
}

/// Writes that an account is open again: the next sign-in by its provider fills its address in (USR-17).
pub(super) async fn save_reactivated(work: &mut Work<'_>, opened: Changed<UserId>) -> Result<()> {
    let user = work.keep(opened);
    let result = sqlx::query!(
        r#"
        UPDATE users
        SET is_active = true, upcoming_deletion_notified_at = NULL
        WHERE id = $1 AND NOT is_active
        "#,
        user as _,
    )
    .execute(work.db())
    .await?;
    ensure_one_row(&result, "users")
}

/// Writes the new address of an account, whose links serve no more; refused when somebody has it.
pub(super) async fn save_email(
    work: &mut Work<'_>,
    replaced: Changed<EmailReplaced>,
) -> Result<EmailReplaced, Failure> {
    let replaced = work.keep(replaced);
    let result = sqlx::query!(
        "UPDATE users SET email = $2 WHERE id = $1",
        replaced.user as _,
        replaced.after.as_str(),
    )
    .execute(work.db())
    .await
    .map_err(refused_by("users_email_key", OversightRefused::EmailTaken))?;
    ensure_one_row(&result, "users")?;
    close_links(work, replaced.user).await?;
    Ok(replaced)
}

/// Writes whether the subject of an account may change once.
pub(super) async fn save_subject_change(
    work: &mut Work<'_>,
    changed: Changed<SubjectChange>,
) -> Result<SubjectChange> {
    let changed = work.keep(changed);
    let result = sqlx::query!(
        "UPDATE users SET subject_change_armed_at = $2 WHERE id = $1",
        changed.user as _,
        changed.armed_at,
    )
    .execute(work.db())
    .await?;
    ensure_one_row(&result, "users")?;
    Ok(changed)
}

/// Writes that an account has no password here any more; links that choose one serve no more.
pub(super) async fn save_password_closed(work: &mut Work<'_>, closed: Changed<UserId>) -> Result<()> {
    let user = work.keep(closed);
    let result =
        sqlx::query!("DELETE FROM local_passwords WHERE user_id = $1", user as _).execute(work.db()).await?;
    ensure_one_row(&result, "local_passwords")?;
    close_links(work, user).await
}

/// The links of letters about an account serve no more.
async fn close_links(work: &mut Work<'_>, user: UserId) -> Result<()> {
    let now = work.now();
    sqlx::query!(
        "UPDATE account_letters SET used_at = $2 WHERE user_id = $1 AND used_at IS NULL",
        user as _,
        now,
    )
    .execute(work.db())
    .await?;
    Ok(())
}

/// An address of a list, and the account that has it.
pub(super) struct Addressed {
    pub email: String,
    pub account: UserId,
}

/// The accounts of these addresses.
pub(super) async fn with_addresses(db: &mut PgConnection, emails: &[String]) -> Result<Vec<Addressed>> {
    let found = sqlx::query_as!(
        Addressed,
        r#"
        SELECT u.email AS "email!"
             , u.id AS "account: UserId"
        FROM users u
        WHERE u.email = ANY ($1::text[])
        ORDER BY u.id
        LIMIT 1000
        "#,
        emails,
    )
    .fetch_all(db)
    .await?;
    Ok(found)
}

/// Makes whoever signs in to these accounts, or acts on them, wait.
pub(super) async fn lock_all(work: &mut Work<'_>, users: &[UserId]) -> Result<()> {
    let ids: Vec<Uuid> = users.iter().map(|user| user.0).collect();
    sqlx::query!(
        "SELECT 1 AS locked FROM users WHERE id = ANY ($1::uuid[]) ORDER BY id LIMIT 1000 FOR UPDATE",
        &ids,
    )
    .fetch_all(work.db())
    .await?;
    work.locked();
    Ok(())
}
