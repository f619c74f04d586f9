//! SQL of codes, access tokens and refresh tokens.

mod refresh;

use chrono::{DateTime, Utc};
use sqlx::{PgConnection, PgExecutor, PgPool};
use uuid::Uuid;

use super::code::StoredCode;
use super::{AuthorizationRequest, CodeChallenge, Scopes};
use crate::error::Error;
use crate::secret::Token;
use crate::sessions::{Methods, Session};

pub(super) use refresh::{NewRefreshToken, find_refresh_token, insert_refresh_token, use_refresh_token};

/// Scopes as they were kept.
pub(super) fn scopes(stored: &str, table: &'static str) -> Result<Scopes, Error> {
    Scopes::parse(stored).ok_or(Error::Inconsistent { table, what: "scope cannot be read" })
}

/// A code to write.
pub(super) struct NewCode<'a> {
    pub(super) id: Uuid,
    pub(super) code_hash: &'a [u8],
    pub(super) request: &'a AuthorizationRequest,
    pub(super) session: &'a Session,
    pub(super) issued_at: DateTime<Utc>,
    pub(super) expires_at: DateTime<Utc>,
}

/// Writes a code.
pub(super) async fn insert_code(db: &mut PgConnection, code: &NewCode<'_>) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into connect.authorization_codes
             (id, code_hash, client_id, account_id, redirect_uri, scope, nonce, code_challenge,
              authenticated_at, session_id, amr, issued_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        code.id,
        code.code_hash,
        code.request.client_id,
        code.session.account_id,
        code.request.return_address.redirect_uri,
        code.request.scopes.to_string(),
        code.request.nonce,
        code.request.code_challenge.as_str(),
        code.session.authenticated_at,
        code.session.id,
        &code.session.methods.stored(),
        code.issued_at,
        code.expires_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Uses a code of this client that was not used yet. Of two at the same instant, one gets the row.
pub(super) async fn use_code(
    db: &mut PgConnection,
    code_hash: &[u8],
    client_id: &str,
    now: DateTime<Utc>,
) -> Result<Option<StoredCode>, Error> {
    let row = sqlx::query!(
        "update connect.authorization_codes
         set used_at = $3
         where code_hash = $1 and client_id = $2 and used_at is null
         returning
             id, account_id, redirect_uri, scope, nonce, code_challenge, authenticated_at, session_id, amr,
             expires_at",
        code_hash,
        client_id,
        now,
    )
    .fetch_optional(db)
    .await?;
    row.map(|row| {
        Ok(StoredCode {
            id: row.id,
            account_id: row.account_id,
            redirect_uri: row.redirect_uri,
            scopes: scopes(&row.scope, "connect.authorization_codes")?,
            nonce: row.nonce,
            code_challenge: CodeChallenge::from_stored(row.code_challenge),
            authenticated_at: row.authenticated_at,
            session_id: row.session_id,
            methods: Methods::from_stored(&row.amr),
            expires_at: row.expires_at,
        })
    })
    .transpose()
}

/// Takes back the tokens that a code of this client was worth; tells whether there were any.
pub(super) async fn revoke_tokens_of_code(
    db: &mut PgConnection,
    code_hash: &[u8],
    client_id: &str,
) -> sqlx::Result<bool> {
    let code = sqlx::query_scalar!(
        "select id from connect.authorization_codes where code_hash = $1 and client_id = $2",
        code_hash,
        client_id,
    )
    .fetch_optional(&mut *db)
    .await?;
    match code {
        Some(code) => revoke_family(db, code).await,
        None => Ok(false),
    }
}

/// Takes back every token that began with a code; tells whether there were any.
pub(super) async fn revoke_family(db: &mut PgConnection, code_id: Uuid) -> sqlx::Result<bool> {
    let refresh = sqlx::query!("delete from connect.refresh_tokens where code_id = $1", code_id)
        .execute(&mut *db)
        .await?;
    let access =
        sqlx::query!("delete from connect.access_tokens where code_id = $1", code_id).execute(db).await?;
    Ok(refresh.rows_affected() + access.rows_affected() > 0)
}

/// An access token to write.
pub(super) struct NewAccessToken<'a> {
    pub(super) id: Uuid,
    pub(super) token_hash: &'a [u8],
    /// Where its family began.
    pub(super) code_id: Uuid,
    pub(super) client_id: &'a str,
    pub(super) account_id: Uuid,
    pub(super) scopes: Scopes,
    pub(super) issued_at: DateTime<Utc>,
    pub(super) expires_at: DateTime<Utc>,
}

/// Writes an access token.
pub(super) async fn insert_access_token(
    db: &mut PgConnection,
    token: &NewAccessToken<'_>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into connect.access_tokens
             (id, token_hash, code_id, client_id, account_id, scope, issued_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        token.id,
        token.token_hash,
        token.code_id,
        token.client_id,
        token.account_id,
        token.scopes.to_string(),
        token.issued_at,
        token.expires_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// An access token of a client, expired or not.
pub(super) struct KnownAccessToken {
    pub(super) id: Uuid,
    pub(super) account_id: Uuid,
    pub(super) scope: String,
    pub(super) issued_at: DateTime<Utc>,
    pub(super) expires_at: DateTime<Utc>,
}

/// What is known of it.
pub(super) async fn find_access_token_of(
    db: impl PgExecutor<'_>,
    token_hash: &[u8],
    client_id: &str,
) -> sqlx::Result<Option<KnownAccessToken>> {
    sqlx::query_as!(
        KnownAccessToken,
        "select id, account_id, scope, issued_at, expires_at
         from connect.access_tokens
         where token_hash = $1 and client_id = $2",
        token_hash,
        client_id,
    )
    .fetch_optional(db)
    .await
}

/// Takes one access token back.
pub(super) async fn delete_access_token(db: &mut PgConnection, id: Uuid) -> sqlx::Result<()> {
    sqlx::query!("delete from connect.access_tokens where id = $1", id).execute(db).await?;
    Ok(())
}

/// Whose claims a live access token opens, and which.
pub(crate) async fn find_access_token(
    db: impl PgExecutor<'_>,
    token: &Token,
    now: DateTime<Utc>,
) -> Result<Option<(Uuid, Scopes)>, Error> {
    let row = sqlx::query!(
        "select account_id, scope from connect.access_tokens where token_hash = $1 and expires_at > $2",
        token.digest(),
        now,
    )
    .fetch_optional(db)
    .await?;
    row.map(|row| Ok((row.account_id, scopes(&row.scope, "connect.access_tokens")?))).transpose()
}

/// Remembers the last login of a person at a relying party (IDP-9).
pub(super) async fn record_client_login(
    db: &mut PgConnection,
    account_id: Uuid,
    client_id: &str,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into connect.client_logins (account_id, client_id, last_login_at)
         values ($1, $2, $3)
         on conflict (account_id, client_id) do update set
             last_login_at = excluded.last_login_at,
             logged_out_at = null",
        account_id,
        client_id,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Takes back every code and token of an account; tokens go with their codes. Tells how many codes there were.
pub(crate) async fn revoke_all_of(db: &mut PgConnection, account_id: Uuid) -> sqlx::Result<u64> {
    let done = sqlx::query!("delete from connect.authorization_codes where account_id = $1", account_id)
        .execute(db)
        .await?;
    Ok(done.rows_affected())
}

/// The same of one session of an account.
pub(crate) async fn revoke_all_of_session(
    db: &mut PgConnection,
    account_id: Uuid,
    session_id: Uuid,
) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        "delete from connect.authorization_codes where account_id = $1 and session_id = $2",
        account_id,
        session_id,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}

/// Removes the codes that expired before `before`, except those whose tokens still live.
pub(crate) async fn purge_codes(db: &PgPool, before: DateTime<Utc>) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        "delete from connect.authorization_codes as codes
         where expires_at <= $1
           and not exists (select from connect.access_tokens where access_tokens.code_id = codes.id)
           and not exists (select from connect.refresh_tokens where refresh_tokens.code_id = codes.id)",
        before,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}

/// Removes the access and refresh tokens that expired before `before`.
pub(crate) async fn purge_tokens(db: &PgPool, before: DateTime<Utc>) -> sqlx::Result<u64> {
    let access =
        sqlx::query!("delete from connect.access_tokens where expires_at <= $1", before).execute(db).await?;
    let refresh =
        sqlx::query!("delete from connect.refresh_tokens where expires_at <= $1", before).execute(db).await?;
    Ok(access.rows_affected() + refresh.rows_affected())
}
