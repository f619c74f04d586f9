//! SQL of the logouts that relying parties are told of.

use chrono::{DateTime, Utc};
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

/// A logout token to send.
pub(super) struct Waiting {
    pub(super) id: Uuid,
    pub(super) client_id: String,
    pub(super) account_id: Uuid,
    pub(super) session_id: Option<Uuid>,
    /// Where, unless the relying party is no longer told.
    pub(super) uri: Option<String>,
}

/// Relying parties that want to be told and got a code from a session of this account.
pub(super) async fn clients_of_session(
    db: &mut PgConnection,
    account_id: Uuid,
    session_id: Uuid,
) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!(
        "select clients.id
         from connect.session_clients
         join connect.sessions on sessions.id = session_clients.session_id
         join connect.clients on clients.id = session_clients.client_id
         where sessions.id = $1 and sessions.account_id = $2 and clients.backchannel_logout_uri is not null
         order by clients.id
         limit 1000",
        session_id,
        account_id,
    )
    .fetch_all(db)
    .await
}

/// Relying parties that want to be told, where this person signed in since they were last told of a logout: told from now on.
pub(super) async fn clients_of_account(
    db: &mut PgConnection,
    account_id: Uuid,
    now: DateTime<Utc>,
) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!(
        "update connect.client_logins
         set logged_out_at = $2
         from connect.clients
         where client_logins.account_id = $1
           and client_logins.logged_out_at is null
           and clients.id = client_logins.client_id
           and clients.backchannel_logout_uri is not null
         returning clients.id",
        account_id,
        now,
    )
    .fetch_all(db)
    .await
}

/// Writes a logout to tell.
pub(super) async fn insert(
    db: &mut PgConnection,
    id: Uuid,
    client_id: &str,
    account_id: Uuid,
    session_id: Option<Uuid>,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into connect.backchannel_logouts
             (id, client_id, account_id, session_id, created_at, next_try_at)
         values ($1, $2, $3, $4, $5, $5)",
        id,
        client_id,
        account_id,
        session_id,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The next whose time has come, counted as tried: it waits twice as long after each try, and is given up after eight, in some
/// two hours.
pub(super) async fn take(db: &PgPool, now: DateTime<Utc>) -> sqlx::Result<Option<Waiting>> {
    sqlx::query_as!(
        Waiting,
        r#"update connect.backchannel_logouts as logouts
           set tries = tries + 1, next_try_at = $1 + interval '1 minute' * power(2, tries)
           from connect.clients
           where clients.id = logouts.client_id
             and logouts.id = (
                 select id from connect.backchannel_logouts
                 where sent_at is null and next_try_at <= $1 and tries < 8
                 order by next_try_at, id
                 limit 1
                 for update skip locked)
           returning
               logouts.id,
               logouts.client_id,
               logouts.account_id,
               logouts.session_id,
               clients.backchannel_logout_uri as "uri?""#,
        now,
    )
    .fetch_optional(db)
    .await
}

/// The relying party took it.
pub(super) async fn mark_sent(db: &PgPool, id: Uuid, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query!("update connect.backchannel_logouts set sent_at = $2 where id = $1", id, now)
        .execute(db)
        .await?;
    Ok(())
}

/// Removes what was written before `before`, sent or given up.
pub(crate) async fn purge(db: &PgPool, before: DateTime<Utc>) -> sqlx::Result<u64> {
    let done = sqlx::query!("delete from connect.backchannel_logouts where created_at < $1", before)
        .execute(db)
        .await?;
    Ok(done.rows_affected())
}
