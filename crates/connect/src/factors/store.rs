//! SQL of the second factors.

mod passkeys;

use chrono::{DateTime, Utc};
use sqlx::{PgConnection, PgExecutor};
use uuid::Uuid;

use super::{Kind, Listed};

pub(super) use passkeys::{
    KnownPasskey, delete_passkey, insert_passkey, lock_passkey, passkeys, use_passkey,
};

/// Applications and passkeys of an account, the oldest first.
pub(super) async fn list(db: impl PgExecutor<'_>, account_id: Uuid) -> sqlx::Result<Vec<Listed>> {
    let rows = sqlx::query!(
        r#"select
               id as "id!",
               is_passkey as "is_passkey!",
               name as "name!",
               created_at as "created_at!",
               last_used_at
           from (
               select id, false as is_passkey, name, created_at, last_used_at
               from connect.totp_devices
               where account_id = $1
               union all
               select id, true, name, created_at, last_used_at
               from connect.passkeys
               where account_id = $1) as factors
           order by created_at, id
           limit 100"#,
        account_id,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Listed {
            id: row.id,
            kind: if row.is_passkey { Kind::Passkey } else { Kind::Application },
            name: row.name,
            created_at: row.created_at,
            last_used_at: row.last_used_at,
        })
        .collect())
}

/// Whether an account has any.
pub(super) async fn exist(db: impl PgExecutor<'_>, account_id: Uuid) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from connect.totp_devices where account_id = $1)
               or exists (select from connect.passkeys where account_id = $1) as "exist!""#,
        account_id,
    )
    .fetch_one(db)
    .await
}

/// How many an account has.
pub(super) async fn count(db: &mut PgConnection, account_id: Uuid) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"select (select count(*) from connect.totp_devices where account_id = $1)
               + (select count(*) from connect.passkeys where account_id = $1) as "count!""#,
        account_id,
    )
    .fetch_one(db)
    .await
}

/// An application of codes.
pub(super) struct Device {
    pub(super) id: Uuid,
    pub(super) sealed: Vec<u8>,
    pub(super) last_step: i64,
}

/// Those of an account, for who holds it.
pub(super) async fn devices(db: &mut PgConnection, account_id: Uuid) -> sqlx::Result<Vec<Device>> {
    sqlx::query_as!(
        Device,
        "select id, sealed, last_step
         from connect.totp_devices
         where account_id = $1
         order by created_at, id
         limit 100
         for update",
        account_id,
    )
    .fetch_all(db)
    .await
}

/// A code of an application is accepted: neither it nor those before are again.
pub(super) async fn use_device(
    db: &mut PgConnection,
    id: Uuid,
    step: i64,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update connect.totp_devices set last_step = $2, last_used_at = $3 where id = $1",
        id,
        step,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// An application to write.
pub(super) struct NewDevice<'a> {
    pub(super) id: Uuid,
    pub(super) account_id: Uuid,
    pub(super) name: &'a str,
    pub(super) sealed: &'a [u8],
    pub(super) last_step: i64,
}

/// Writes it, unless another of the account has its name.
pub(super) async fn insert_device(
    db: &mut PgConnection,
    device: &NewDevice<'_>,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "insert into connect.totp_devices
             (id, account_id, name, sealed, last_step, created_at, last_used_at)
         values ($1, $2, $3, $4, $5, $6, $6)
         on conflict do nothing",
        device.id,
        device.account_id,
        device.name,
        device.sealed,
        device.last_step,
        now,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Removes an application of an account; tells whether it was there.
pub(super) async fn delete_device(db: &mut PgConnection, account_id: Uuid, id: Uuid) -> sqlx::Result<bool> {
    let done =
        sqlx::query!("delete from connect.totp_devices where id = $1 and account_id = $2", id, account_id)
            .execute(db)
            .await?;
    Ok(done.rows_affected() == 1)
}

/// Backup codes of an account that did not serve yet.
pub(super) async fn count_backup_codes(db: impl PgExecutor<'_>, account_id: Uuid) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"select count(*) as "count!"
           from connect.backup_codes
           where account_id = $1 and used_at is null"#,
        account_id,
    )
    .fetch_one(db)
    .await
}

/// Writes a backup code.
pub(super) async fn insert_backup_code(
    db: &mut PgConnection,
    id: Uuid,
    account_id: Uuid,
    code_hash: &[u8],
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into connect.backup_codes (id, account_id, code_hash, created_at) values ($1, $2, $3, $4)",
        id,
        account_id,
        code_hash,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Uses a backup code; tells whether it was there and had not served.
pub(super) async fn use_backup_code(
    db: &mut PgConnection,
    account_id: Uuid,
    code_hash: &[u8],
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update connect.backup_codes
         set used_at = $3
         where account_id = $1 and code_hash = $2 and used_at is null",
        account_id,
        code_hash,
        now,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Forgets the backup codes of an account.
pub(super) async fn delete_backup_codes(db: &mut PgConnection, account_id: Uuid) -> sqlx::Result<()> {
    sqlx::query!("delete from connect.backup_codes where account_id = $1", account_id).execute(db).await?;
    Ok(())
}

/// Wrong codes in a row.
pub(super) struct Tries {
    pub(super) failures: i32,
    pub(super) next_try_at: DateTime<Utc>,
}

/// Those of an account, until the transaction ends.
pub(super) async fn lock_tries(
    db: &mut PgConnection,
    account_id: Uuid,
    now: DateTime<Utc>,
) -> sqlx::Result<Tries> {
    sqlx::query!(
        "insert into connect.factor_tries (account_id, failures, next_try_at)
         values ($1, 0, $2)
         on conflict (account_id) do nothing",
        account_id,
        now,
    )
    .execute(&mut *db)
    .await?;
    sqlx::query_as!(
        Tries,
        "select failures, next_try_at from connect.factor_tries where account_id = $1 for update",
        account_id,
    )
    .fetch_one(db)
    .await
}

/// Keeps how many there are, and when the next one is looked at.
pub(super) async fn set_tries(
    db: &mut PgConnection,
    account_id: Uuid,
    failures: i32,
    next_try_at: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update connect.factor_tries set failures = $2, next_try_at = $3 where account_id = $1",
        account_id,
        failures,
        next_try_at,
    )
    .execute(db)
    .await?;
    Ok(())
}
