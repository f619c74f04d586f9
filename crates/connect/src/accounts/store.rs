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
        r#"select id, email, given_name, family_name, password_hash as "password_hash: PasswordHash", active
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
        r#"select id, email, given_name, family_name, password_hash as "password_hash: PasswordHash", active
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
pub(super) async fn set_password(
    db: &mut PgConnection,
    id: Uuid,
    hash: &PasswordHash,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update connect.accounts set password_hash = $2, updated_at = $3 where id = $1",
        id,
        hash.as_str(),
        now,
    )
    .execute(db)
    .await?;
    Ok(())
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
