//! SQL of the sessions.

use chrono::{DateTime, Utc};
use sqlx::{PgConnection, PgExecutor, PgPool};
use uuid::Uuid;

use super::{Methods, Session};

/// What is written of a session.
pub(super) struct Row<'a> {
    pub(super) token_hash: &'a [u8],
    pub(super) account_id: Uuid,
    pub(super) authenticated_at: DateTime<Utc>,
    pub(super) expires_at: DateTime<Utc>,
    pub(super) methods: Methods,
    pub(super) factor_id: Option<Uuid>,
    pub(super) user_agent: &'a str,
    pub(super) ip: &'a str,
}

/// Opens a session.
pub(super) async fn insert(db: &mut PgConnection, id: Uuid, session: &Row<'_>) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into connect.sessions
             (id, token_hash, account_id, authenticated_at, expires_at, amr, user_agent, ip, factor_id)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        id,
        session.token_hash,
        session.account_id,
        session.authenticated_at,
        session.expires_at,
        &session.methods.stored(),
        session.user_agent,
        session.ip,
        session.factor_id,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The same session, of the same person who proved again who they are.
pub(super) async fn renew(db: &mut PgConnection, id: Uuid, session: &Row<'_>) -> sqlx::Result<()> {
    sqlx::query!(
        "update connect.sessions
         set token_hash = $2,
             authenticated_at = $3,
             expires_at = $4,
             amr = $5,
             user_agent = $6,
             ip = $7,
             factor_id = $9
         where id = $1 and account_id = $8",
        id,
        session.token_hash,
        session.authenticated_at,
        session.expires_at,
        &session.methods.stored(),
        session.user_agent,
        session.ip,
        session.account_id,
        session.factor_id,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The same session, whose holder showed a second factor: known by another value from now on.
pub(crate) async fn upgrade(
    db: &mut PgConnection,
    id: Uuid,
    token_hash: &[u8],
    methods: Methods,
    factor_id: Option<Uuid>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update connect.sessions set token_hash = $2, amr = $3, factor_id = $4 where id = $1",
        id,
        token_hash,
        &methods.stored(),
        factor_id,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A session not yet expired, of an account still open.
pub(super) async fn find(
    db: impl PgExecutor<'_>,
    token_hash: &[u8],
    now: DateTime<Utc>,
) -> sqlx::Result<Option<Session>> {
    let row = sqlx::query!(
        "select sessions.id, sessions.account_id, sessions.authenticated_at, sessions.amr, sessions.factor_id
         from connect.sessions
         join connect.accounts on accounts.id = sessions.account_id
         where sessions.token_hash = $1 and sessions.expires_at > $2 and accounts.active",
        token_hash,
        now,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Session {
        id: row.id,
        account_id: row.account_id,
        authenticated_at: row.authenticated_at,
        methods: Methods::from_stored(&row.amr),
        factor_id: row.factor_id,
    }))
}

/// Such a session, until the transaction ends. Its account is locked first, as whoever gives it another password does.
pub(super) async fn lock_open(
    db: &mut PgConnection,
    token_hash: &[u8],
    now: DateTime<Utc>,
) -> sqlx::Result<Option<Session>> {
    let row = sqlx::query!(
        "select sessions.id, sessions.account_id, sessions.authenticated_at, sessions.amr, sessions.factor_id
         from connect.accounts
         join connect.sessions on sessions.account_id = accounts.id
         where sessions.token_hash = $1 and sessions.expires_at > $2 and accounts.active
         for share of accounts
         for no key update of sessions",
        token_hash,
        now,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Session {
        id: row.id,
        account_id: row.account_id,
        authenticated_at: row.authenticated_at,
        methods: Methods::from_stored(&row.amr),
        factor_id: row.factor_id,
    }))
}

/// The sessions of an account that are open, the newest first.
pub(super) async fn find_open(
    db: impl PgExecutor<'_>,
    account_id: Uuid,
    now: DateTime<Utc>,
) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar!(
        "select id
         from connect.sessions
         where account_id = $1 and expires_at > $2
         order by authenticated_at desc, id
         limit 1000",
        account_id,
        now,
    )
    .fetch_all(db)
    .await
}

/// Those of them that a factor opened, or raised.
pub(super) async fn find_opened_with(
    db: impl PgExecutor<'_>,
    account_id: Uuid,
    factor_id: Uuid,
    now: DateTime<Utc>,
) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar!(
        "select id
         from connect.sessions
         where account_id = $1 and factor_id = $2 and expires_at > $3
         order by authenticated_at desc, id
         limit 1000",
        account_id,
        factor_id,
        now,
    )
    .fetch_all(db)
    .await
}

/// Until when a session is open.
pub(crate) async fn expires_at(
    db: &mut PgConnection,
    id: Uuid,
    now: DateTime<Utc>,
) -> sqlx::Result<Option<DateTime<Utc>>> {
    sqlx::query_scalar!(
        "select expires_at from connect.sessions where id = $1 and expires_at > $2 for key share",
        id,
        now,
    )
    .fetch_optional(db)
    .await
}

/// A session gives a relying party a code.
pub(crate) async fn serve(
    db: &mut PgConnection,
    id: Uuid,
    client_id: &str,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!("update connect.sessions set last_seen_at = $2 where id = $1", id, now)
        .execute(&mut *db)
        .await?;
    sqlx::query!(
        "insert into connect.session_clients (session_id, client_id)
         values ($1, $2)
         on conflict (session_id, client_id) do nothing",
        id,
        client_id,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Ends a session of an account; tells whether it was there.
pub(super) async fn delete(db: &mut PgConnection, id: Uuid, account_id: Uuid) -> sqlx::Result<bool> {
    let done = sqlx::query!("delete from connect.sessions where id = $1 and account_id = $2", id, account_id)
        .execute(db)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Ends the sessions of an account in every browser; tells how many there were.
pub(super) async fn delete_all_of(db: &mut PgConnection, account_id: Uuid) -> sqlx::Result<u64> {
    let done =
        sqlx::query!("delete from connect.sessions where account_id = $1", account_id).execute(db).await?;
    Ok(done.rows_affected())
}

/// Removes the sessions that ended before `before`.
pub(crate) async fn purge(db: &PgPool, before: DateTime<Utc>) -> sqlx::Result<u64> {
    let done =
        sqlx::query!("delete from connect.sessions where expires_at <= $1", before).execute(db).await?;
    Ok(done.rows_affected())
}
