//! SQL of the mails.

use chrono::{DateTime, Utc};
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

/// A mail that waits.
pub(super) struct Waiting {
    pub(super) id: Uuid,
    pub(super) account_id: Uuid,
}

/// Writes that an account is locked, unless it was written since `since`.
pub(super) async fn insert_locked(
    db: &mut PgConnection,
    id: Uuid,
    account_id: Uuid,
    now: DateTime<Utc>,
    since: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into connect.emails (id, account_id, kind, created_at, next_try_at)
         select $1, $2, 'account_locked', $3, $3
         where not exists (
             select from connect.emails
             where account_id = $2 and kind = 'account_locked' and created_at > $4)",
        id,
        account_id,
        now,
        since,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The next mail whose time has come, counted as tried: it waits twice as long after each try, and is given up after
/// eight, in some ten hours.
pub(super) async fn take(db: &PgPool, now: DateTime<Utc>) -> sqlx::Result<Option<Waiting>> {
    sqlx::query_as!(
        Waiting,
        "update connect.emails
         set tries = tries + 1, next_try_at = $1 + interval '5 minutes' * power(2, tries)
         where id = (
             select id from connect.emails
             where sent_at is null and next_try_at <= $1 and tries < 8
             order by next_try_at, id
             limit 1
             for update skip locked)
         returning id, account_id",
        now,
    )
    .fetch_optional(db)
    .await
}

/// A server took it.
pub(super) async fn mark_sent(db: &PgPool, id: Uuid, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query!("update connect.emails set sent_at = $2 where id = $1", id, now).execute(db).await?;
    Ok(())
}

/// Removes the mails written before `before`.
pub(crate) async fn purge(db: &PgPool, before: DateTime<Utc>) -> sqlx::Result<u64> {
    let done = sqlx::query!("delete from connect.emails where created_at < $1", before).execute(db).await?;
    Ok(done.rows_affected())
}
