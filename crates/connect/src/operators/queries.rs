//! SQL of the operators.

use chrono::{DateTime, Utc};
use sqlx::{PgConnection, PgExecutor, PgPool};
use uuid::Uuid;

use crate::Connect;
use crate::accounts::devices::{OpenSession, open_sessions};
use crate::accounts::{self, Account, PasswordHash};
use crate::error::Error;
use crate::events::{self, Line};
use crate::factors::{self, Listed};

/// Accounts that a search gives at most.
const AT_MOST: i64 = 50;
/// Lines of the trail that a page shows.
const LINES: i64 = 100;

/// An account, in a list.
#[derive(Clone, Debug)]
pub struct AccountRow {
    /// The subject known to relying parties.
    pub id: Uuid,
    /// Verified address.
    pub email: String,
    /// First name.
    pub given_name: String,
    /// Last name.
    pub family_name: String,
    /// Whether it is open.
    pub active: bool,
    /// Whether its holder looks after the provider.
    pub is_operator: bool,
    /// Since when.
    pub created_at: DateTime<Utc>,
}

/// The last login of a person at a relying party.
pub(crate) struct LastLogin {
    /// Name of the relying party.
    pub(crate) client_name: String,
    /// When.
    pub(crate) at: DateTime<Utc>,
}

/// All that an operator sees of an account.
pub(crate) struct Sheet {
    /// The account.
    pub(crate) account: Account,
    /// Where it is open.
    pub(crate) sessions: Vec<OpenSession>,
    /// Its second factors.
    pub(crate) factors: Vec<Listed>,
    /// Where its holder signed in.
    pub(crate) logins: Vec<LastLogin>,
    /// What happened, the newest first.
    pub(crate) events: Vec<Line>,
}

/// The accounts whose address holds this, by address: fifty at most.
pub async fn find_accounts(db: &PgPool, part: &str) -> Result<Vec<AccountRow>, Error> {
    let part = accounts::normalise(part);
    let found = sqlx::query_as!(
        AccountRow,
        "select
             id,
             email,
             given_name,
             family_name,
             active,
             is_operator,
             created_at
         from connect.accounts
         where position($1 in email) > 0
         order by email
         limit $2",
        part,
        AT_MOST,
    )
    .fetch_all(db)
    .await?;
    Ok(found)
}

/// What happened to an account, the newest first.
pub async fn events_of(db: &PgPool, account_id: Uuid, limit: i64) -> Result<Vec<Line>, Error> {
    Ok(events::of_account(db, account_id, limit).await?)
}

/// What an operator sees of an account, open or closed.
pub(crate) async fn sheet(connect: &Connect, id: Uuid) -> Result<Option<Sheet>, Error> {
    let Some(account) = find_account(connect.db(), id).await? else { return Ok(None) };
    Ok(Some(Sheet {
        account,
        sessions: open_sessions(connect, id).await?,
        factors: factors::list(connect, id).await?,
        logins: logins(connect.db(), id).await?,
        events: events::of_account(connect.db(), id, LINES).await?,
    }))
}

async fn find_account(db: impl PgExecutor<'_>, id: Uuid) -> sqlx::Result<Option<Account>> {
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
           where id = $1"#,
        id,
    )
    .fetch_optional(db)
    .await
}

/// An account, open or closed, kept as it is until the transaction ends.
pub(super) async fn lock_account(db: &mut PgConnection, id: Uuid) -> sqlx::Result<Option<Account>> {
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
           where id = $1
           for no key update"#,
        id,
    )
    .fetch_optional(db)
    .await
}

async fn logins(db: impl PgExecutor<'_>, account_id: Uuid) -> sqlx::Result<Vec<LastLogin>> {
    sqlx::query_as!(
        LastLogin,
        "select clients.name as client_name, client_logins.last_login_at as at
         from connect.client_logins
         join connect.clients on clients.id = client_logins.client_id
         where client_logins.account_id = $1
         order by client_logins.last_login_at desc, clients.id
         limit 100",
        account_id,
    )
    .fetch_all(db)
    .await
}

/// Opens or closes an account; tells whether it was otherwise.
pub(super) async fn set_active(
    db: &mut PgConnection,
    id: Uuid,
    active: bool,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update connect.accounts set active = $2, updated_at = $3 where id = $1 and active <> $2",
        id,
        active,
        now,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Says whether the holder of an account is an operator; tells whether it was otherwise.
pub(super) async fn set_operator(
    db: &mut PgConnection,
    id: Uuid,
    is_operator: bool,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update connect.accounts set is_operator = $2, updated_at = $3 where id = $1 and is_operator <> $2",
        id,
        is_operator,
        now,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The holder of an account that has no second factor is no operator any more; tells whether they were.
pub(super) async fn unmake_without_factor(
    db: &mut PgConnection,
    id: Uuid,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update connect.accounts
         set is_operator = false, updated_at = $2
         where id = $1
           and is_operator
           and not exists (select from connect.totp_devices where account_id = $1)
           and not exists (select from connect.passkeys where account_id = $1)",
        id,
        now,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}
