//! SQL of the changes of address.

use chrono::{DateTime, Utc};
use sqlx::{PgConnection, PgExecutor, PgPool};
use uuid::Uuid;

use super::{Change, Confirmed};

/// Writes one; what the account asked for before and was not confirmed is asked no more.
pub(super) async fn insert(db: &mut PgConnection, change: &Change) -> sqlx::Result<()> {
    sqlx::query!(
        "update connect.email_changes
         set expires_at = $2
         where account_id = $1 and confirmed_at is null and cancelled_at is null and expires_at > $2",
        change.account_id,
        change.created_at,
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "insert into connect.email_changes
             (id, account_id, former_email, new_email, created_at, expires_at, reserved_until)
         values ($1, $2, $3, $4, $5, $6, $7)",
        change.id,
        change.account_id,
        change.former_email,
        change.new_email,
        change.created_at,
        change.expires_at,
        change.reserved_until,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// One of them.
pub(super) async fn find(db: impl PgExecutor<'_>, id: Uuid) -> sqlx::Result<Option<Change>> {
    sqlx::query_as!(
        Change,
        "select
             id,
             account_id,
             former_email,
             new_email,
             created_at,
             expires_at,
             confirmed_at,
             cancelled_at,
             reserved_until
         from connect.email_changes
         where id = $1",
        id,
    )
    .fetch_optional(db)
    .await
}

/// Uses up what the new address may do. Of two at the same instant, one is told so.
pub(super) async fn confirm(db: &mut PgConnection, id: Uuid, now: DateTime<Utc>) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update connect.email_changes
         set confirmed_at = $2
         where id = $1 and confirmed_at is null and cancelled_at is null and expires_at > $2",
        id,
        now,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Whether the new address is that of another account, or was until lately.
pub(super) async fn is_taken(
    db: &mut PgConnection,
    change: &Change,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select
               exists (select from connect.accounts where email = $1 and id <> $2)
               or exists (
                   select from connect.email_changes
                   where former_email = $1 and account_id <> $2
                       and confirmed_at is not null and cancelled_at is null and reserved_until > $3)
               as "is_taken!""#,
        change.new_email,
        change.account_id,
        now,
    )
    .fetch_one(db)
    .await
}

/// The account goes from one address to the other, unless it is closed, left the first meanwhile, or the other was taken at this
/// very instant: its transaction is then of no use.
pub(super) async fn move_to(
    db: &mut PgConnection,
    change: &Change,
    now: DateTime<Utc>,
) -> sqlx::Result<Confirmed> {
    let done = sqlx::query!(
        "update connect.accounts
         set email = $3, updated_at = $4
         where id = $1 and email = $2 and active",
        change.account_id,
        change.former_email,
        change.new_email,
        now,
    )
    .execute(db)
    .await;
    match done {
        Ok(done) if done.rows_affected() == 1 => Ok(Confirmed::Done),
        Ok(_) => Ok(Confirmed::Over),
        Err(sqlx::Error::Database(error)) if error.constraint() == Some("accounts_email_key") => {
            Ok(Confirmed::Taken)
        }
        Err(error) => Err(error),
    }
}

/// The account has the former address again.
pub(super) async fn move_back(
    db: &mut PgConnection,
    account_id: Uuid,
    email: &str,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update connect.accounts set email = $2, updated_at = $3 where id = $1",
        account_id,
        email,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Uses up what the former address may do: it ends this change, and those that the account made after it. Tells whether the
/// account had left the address; nothing when it is too late.
pub(super) async fn cancel(
    db: &mut PgConnection,
    id: Uuid,
    now: DateTime<Utc>,
) -> sqlx::Result<Option<bool>> {
    let account_id = sqlx::query_scalar!(
        "update connect.email_changes
         set cancelled_at = $2
         where id = $1 and cancelled_at is null and reserved_until > $2
         returning account_id",
        id,
        now,
    )
    .fetch_optional(&mut *db)
    .await?;
    let Some(account_id) = account_id else { return Ok(None) };
    sqlx::query!(
        "update connect.email_changes
         set cancelled_at = $3
         where account_id = $1 and id > $2 and cancelled_at is null",
        account_id,
        id,
        now,
    )
    .execute(&mut *db)
    .await?;
    let has_left = sqlx::query_scalar!(
        r#"select accounts.email <> email_changes.former_email as "has_left!"
           from connect.email_changes
           join connect.accounts on accounts.id = email_changes.account_id
           where email_changes.id = $1"#,
        id,
    )
    .fetch_one(db)
    .await?;
    Ok(Some(has_left))
}

/// Removes the second factors that an account has had since `since`: whoever made the change may have added theirs, and a passkey
/// opens it alone. Backup codes of before stay with a factor of before.
pub(super) async fn remove_factors(
    db: &mut PgConnection,
    account_id: Uuid,
    since: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!("delete from connect.passkeys where account_id = $1 and created_at > $2", account_id, since)
        .execute(&mut *db)
        .await?;
    sqlx::query!(
        "delete from connect.totp_devices where account_id = $1 and created_at > $2",
        account_id,
        since,
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "delete from connect.backup_codes
         where account_id = $1
           and (created_at > $2
                or not exists (
                    select from connect.passkeys where account_id = $1
                    union all
                    select from connect.totp_devices where account_id = $1))",
        account_id,
        since,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Removes those over since `before`.
pub(crate) async fn purge(db: &PgPool, before: DateTime<Utc>) -> sqlx::Result<u64> {
    let done = sqlx::query!("delete from connect.email_changes where reserved_until <= $1", before)
        .execute(db)
        .await?;
    Ok(done.rows_affected())
}
