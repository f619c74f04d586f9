//! SQL of the mails.

use chrono::{DateTime, Utc};
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use super::News;
use crate::error::Error;

/// First half of the advisory lock keys of this module, so that they are nobody else's.
const EMAIL_LOCKS: i32 = 0x000C_0E03;
const IP_LOCKS: i32 = 0x000C_0E04;

/// A mail that waits.
pub(super) struct Waiting {
    pub(super) id: Uuid,
    kind: String,
    account_id: Option<Uuid>,
    sign_up_id: Option<Uuid>,
    password_reset_id: Option<Uuid>,
    email_change_id: Option<Uuid>,
}

impl Waiting {
    /// What it tells.
    pub(super) fn news(&self) -> Result<News, Error> {
        let about = match self.kind.as_str() {
            "account_locked" => self.account_id.map(News::AccountLocked),
            "password_changed" => self.account_id.map(News::PasswordChanged),
            "backup_code_used" => self.account_id.map(News::BackupCodeUsed),
            "factor_added" => self.account_id.map(News::FactorAdded),
            "factor_removed" => self.account_id.map(News::FactorRemoved),
            "backup_codes_renewed" => self.account_id.map(News::BackupCodesRenewed),
            "names_changed" => self.account_id.map(News::NamesChanged),
            "account_created" => self.password_reset_id.map(News::AccountCreated),
            "sign_up" => self.sign_up_id.map(News::SignUp),
            "password_reset" => self.password_reset_id.map(News::PasswordReset),
            "email_change_asked" => self.email_change_id.map(News::EmailChangeAsked),
            "email_change_to_confirm" => self.email_change_id.map(News::EmailChangeToConfirm),
            "email_changed" => self.email_change_id.map(News::EmailChanged),
            _ => None,
        };
        about.ok_or(Error::Inconsistent { table: "connect.emails", what: "nothing is told" })
    }
}

/// A row, by column.
struct Row {
    kind: &'static str,
    account_id: Option<Uuid>,
    sign_up_id: Option<Uuid>,
    password_reset_id: Option<Uuid>,
    email_change_id: Option<Uuid>,
}

impl From<News> for Row {
    fn from(news: News) -> Self {
        let of = |kind| Self {
            kind,
            account_id: None,
            sign_up_id: None,
            password_reset_id: None,
            email_change_id: None,
        };
        match news {
            News::AccountLocked(id) => Self { account_id: Some(id), ..of("account_locked") },
            News::PasswordChanged(id) => Self { account_id: Some(id), ..of("password_changed") },
            News::BackupCodeUsed(id) => Self { account_id: Some(id), ..of("backup_code_used") },
            News::FactorAdded(id) => Self { account_id: Some(id), ..of("factor_added") },
            News::FactorRemoved(id) => Self { account_id: Some(id), ..of("factor_removed") },
            News::BackupCodesRenewed(id) => Self { account_id: Some(id), ..of("backup_codes_renewed") },
            News::NamesChanged(id) => Self { account_id: Some(id), ..of("names_changed") },
            News::AccountCreated(id) => Self { password_reset_id: Some(id), ..of("account_created") },
            News::SignUp(id) => Self { sign_up_id: Some(id), ..of("sign_up") },
            News::PasswordReset(id) => Self { password_reset_id: Some(id), ..of("password_reset") },
            News::EmailChangeAsked(id) => Self { email_change_id: Some(id), ..of("email_change_asked") },
            News::EmailChangeToConfirm(id) => {
                Self { email_change_id: Some(id), ..of("email_change_to_confirm") }
            }
            News::EmailChanged(id) => Self { email_change_id: Some(id), ..of("email_changed") },
        }
    }
}

/// Writes a mail.
pub(super) async fn insert(
    db: &mut PgConnection,
    id: Uuid,
    news: News,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    let row = Row::from(news);
    sqlx::query!(
        "insert into connect.emails
             (id, kind, account_id, sign_up_id, password_reset_id, email_change_id, created_at, next_try_at)
         values ($1, $2, $3, $4, $5, $6, $7, $7)",
        id,
        row.kind,
        row.account_id,
        row.sign_up_id,
        row.password_reset_id,
        row.email_change_id,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
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
         returning id, kind, account_id, sign_up_id, password_reset_id, email_change_id",
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

/// Makes forms for one address, or from one IP, count one after the other, always in this order.
pub(super) async fn lock(db: &mut PgConnection, email_digest: &[u8], ip: &str) -> sqlx::Result<()> {
    sqlx::query!("select pg_advisory_xact_lock($1, hashtext(encode($2, 'hex')))", EMAIL_LOCKS, email_digest)
        .execute(&mut *db)
        .await?;
    sqlx::query!("select pg_advisory_xact_lock($1, hashtext($2))", IP_LOCKS, ip).execute(db).await?;
    Ok(())
}

/// Forms still counting.
pub(super) struct Requests {
    pub(super) by_email: i64,
    pub(super) by_ip: i64,
}

/// Counts the forms for an address and from an IP.
pub(super) async fn count_requests(
    db: &mut PgConnection,
    email_digest: &[u8],
    ip: &str,
    since: DateTime<Utc>,
) -> sqlx::Result<Requests> {
    sqlx::query_as!(
        Requests,
        r#"select
               (select count(*) from connect.mail_requests where email_digest = $1 and at > $3) as "by_email!",
               (select count(*) from connect.mail_requests where ip = $2 and at > $3) as "by_ip!""#,
        email_digest,
        ip,
        since,
    )
    .fetch_one(db)
    .await
}

/// Counts one.
pub(super) async fn insert_request(
    db: &mut PgConnection,
    id: Uuid,
    email_digest: &[u8],
    ip: &str,
    at: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into connect.mail_requests (id, email_digest, ip, at) values ($1, $2, $3, $4)",
        id,
        email_digest,
        ip,
        at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Removes the forms counted before `before`.
pub(crate) async fn purge_requests(db: &PgPool, before: DateTime<Utc>) -> sqlx::Result<u64> {
    let done = sqlx::query!("delete from connect.mail_requests where at < $1", before).execute(db).await?;
    Ok(done.rows_affected())
}
