//! SQL of the accounts.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sqlx::{PgConnection, PgExecutor, PgPool};
use uuid::Uuid;

use super::{Account, PasswordHash};

/// A row to write.
pub(super) struct Row {
    pub(super) id: Uuid,
    pub(super) email: String,
    pub(super) given_name: String,
    pub(super) family_name: String,
    pub(super) password_hash: String,
    pub(super) active: bool,
}

/// Inserts or updates by address; returns the identifiers in the order given.
pub(super) async fn upsert_many(db: &PgPool, rows: &[Row], now: DateTime<Utc>) -> sqlx::Result<Vec<Uuid>> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let emails: Vec<String> = rows.iter().map(|row| row.email.clone()).collect();
    let given_names: Vec<String> = rows.iter().map(|row| row.given_name.clone()).collect();
    let family_names: Vec<String> = rows.iter().map(|row| row.family_name.clone()).collect();
    let password_hashes: Vec<String> = rows.iter().map(|row| row.password_hash.clone()).collect();
    let active: Vec<bool> = rows.iter().map(|row| row.active).collect();
    let written = sqlx::query!(
        "insert into connect.accounts
             (id, email, given_name, family_name, password_hash, active, created_at, updated_at)
         select id, email, given_name, family_name, password_hash, active, $7, $7
         from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::boolean[])
              as new (id, email, given_name, family_name, password_hash, active)
         on conflict (email) do update set
             given_name = excluded.given_name,
             family_name = excluded.family_name,
             password_hash = excluded.password_hash,
             active = excluded.active,
             updated_at = excluded.updated_at
         returning id, email",
        &ids,
        &emails,
        &given_names,
        &family_names,
        &password_hashes,
        &active,
        now,
    )
    .fetch_all(db)
    .await?;
    let by_email: HashMap<String, Uuid> = written.into_iter().map(|row| (row.email, row.id)).collect();
    Ok(emails.iter().filter_map(|email| by_email.get(email).copied()).collect())
}

/// The account of an address, open or closed.
pub(crate) async fn find_by_email(db: impl PgExecutor<'_>, email: &str) -> sqlx::Result<Option<Account>> {
    sqlx::query_as!(
        Account,
        r#"select
               id,
               email,
               given_name,
               family_name,
               password_hash as "password_hash: PasswordHash",
               active,
               is_operator
           from connect.accounts
           where email = $1"#,
        email,
    )
    .fetch_optional(db)
    .await
}

/// An open account.
pub(crate) async fn find_active(db: impl PgExecutor<'_>, id: Uuid) -> sqlx::Result<Option<Account>> {
    sqlx::query_as!(
        Account,
        r#"select
               id,
               email,
               given_name,
               family_name,
               password_hash as "password_hash: PasswordHash",
               active,
               is_operator
           from connect.accounts
           where id = $1 and active"#,
        id,
    )
    .fetch_optional(db)
    .await
}

/// The subject of an address.
pub(super) async fn subject_of(db: &PgPool, email: &str) -> sqlx::Result<Option<Uuid>> {
    sqlx::query_scalar!("select id from connect.accounts where email = $1", email).fetch_optional(db).await
}

/// Gives an account another password.
pub(crate) async fn set_password(
    db: &mut PgConnection,
    id: Uuid,
    hash: &PasswordHash,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update connect.accounts
         set password_hash = $2, weak_password_since = null, updated_at = $3
         where id = $1",
        id,
        hash.as_str(),
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The same, of an account that is open and still has the password of before: of two at the same instant, one is told so.
pub(super) async fn replace_password(
    db: &mut PgConnection,
    id: Uuid,
    former: &PasswordHash,
    hash: &PasswordHash,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update connect.accounts
         set password_hash = $3, weak_password_since = null, updated_at = $4
         where id = $1 and password_hash = $2 and active",
        id,
        former.as_str(),
        hash.as_str(),
        now,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Remembers since when the password of an account is known to be too weak, as long as it has this one: another may have been
/// given since it was typed.
pub(super) async fn mark_weak(
    db: &mut PgConnection,
    id: Uuid,
    hash: &PasswordHash,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update connect.accounts
         set weak_password_since = $3
         where id = $1 and password_hash = $2 and weak_password_since is null",
        id,
        hash.as_str(),
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What an account may owe before going on.
pub(super) struct Due {
    pub(super) weak_password_since: Option<DateTime<Utc>>,
    pub(super) terms_accepted_at: Option<DateTime<Utc>>,
}

/// What decides of it.
pub(super) async fn due(db: impl PgExecutor<'_>, id: Uuid) -> sqlx::Result<Option<Due>> {
    sqlx::query_as!(
        Due,
        "select weak_password_since, terms_accepted_at from connect.accounts where id = $1",
        id,
    )
    .fetch_optional(db)
    .await
}

/// The person accepts the conditions of use.
pub(super) async fn accept_terms(db: &mut PgConnection, id: Uuid, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query!("update connect.accounts set terms_accepted_at = $2 where id = $1", id, now)
        .execute(db)
        .await?;
    Ok(())
}

/// Corrects the names of a person.
pub(super) async fn rename(
    db: &mut PgConnection,
    id: Uuid,
    given_name: &str,
    family_name: &str,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update connect.accounts
         set given_name = $2, family_name = $3, updated_at = $4
         where id = $1",
        id,
        given_name,
        family_name,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// An account to open: its address was just proved, or an operator asks for it.
pub(crate) struct Opened<'a> {
    pub(crate) id: Uuid,
    pub(crate) email: &'a str,
    pub(crate) given_name: &'a str,
    pub(crate) family_name: &'a str,
    pub(crate) password_hash: &'a PasswordHash,
    pub(crate) terms_accepted_at: Option<DateTime<Utc>>,
}

/// Opens it, unless its address is somebody's, or was until lately: whoever left it may still take it back.
pub(crate) async fn open(
    db: &mut PgConnection,
    account: &Opened<'_>,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "insert into connect.accounts
             (id, email, given_name, family_name, password_hash, active, terms_accepted_at, created_at, updated_at)
         select $1, $2, $3, $4, $5, true, $6, $7, $7
         where not exists (
             select from connect.email_changes
             where former_email = $2 and confirmed_at is not null and cancelled_at is null and reserved_until > $7)
         on conflict (email) do nothing",
        account.id,
        account.email,
        account.given_name,
        account.family_name,
        account.password_hash.as_str(),
        account.terms_accepted_at,
        now,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Whether an account is open and still has this password. Until the transaction ends, it keeps it.
pub(crate) async fn still_has(db: &mut PgConnection, id: Uuid, hash: &PasswordHash) -> sqlx::Result<bool> {
    let found = sqlx::query_scalar!(
        "select id from connect.accounts where id = $1 and password_hash = $2 and active for share",
        id,
        hash.as_str(),
    )
    .fetch_optional(db)
    .await?;
    Ok(found.is_some())
}
