//! SQL of the requests that wait for someone to sign in.

use chrono::{DateTime, Utc};
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use super::{AuthorizationRequest, ReturnAddress};
use crate::error::Error;
use crate::grants::store::scopes;
use crate::grants::{CodeChallenge, REQUEST_LIFETIME};
use crate::secret::Token;

/// Keeps a request while its person signs in.
pub(crate) async fn insert_request(
    db: &PgPool,
    id: Uuid,
    token: &Token,
    browser_hash: &[u8],
    request: &AuthorizationRequest,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into connect.authorization_requests
             (id, token_hash, client_id, redirect_uri, scope, state, nonce, code_challenge, login_hint,
              created_at, expires_at, browser_hash)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        id,
        token.digest(),
        request.client_id,
        request.return_address.redirect_uri,
        request.scopes.to_string(),
        request.return_address.state,
        request.nonce,
        request.code_challenge.as_str(),
        request.login_hint,
        now,
        now + REQUEST_LIFETIME,
        browser_hash,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A request as it was kept, whether it may still be answered or not.
pub(crate) struct StoredRequest {
    /// What is asked.
    pub(crate) request: AuthorizationRequest,
    /// Name of the relying party.
    pub(crate) client_name: String,
    browser_hash: Option<Vec<u8>>,
    expires_at: DateTime<Utc>,
    used_at: Option<DateTime<Utc>>,
}

impl StoredRequest {
    /// Whether it may be answered now in the browser that presented this digest: once, soon, and where it was made.
    pub(crate) fn is_open(&self, browser: Option<&[u8]>, now: DateTime<Utc>) -> bool {
        let is_here = self.browser_hash.as_deref().zip(browser).is_some_and(|(made, here)| made == here);
        is_here && now < self.expires_at && self.used_at.is_none()
    }
}

/// A request, with the name of its relying party.
pub(crate) async fn find_request(db: &PgPool, token: &Token) -> Result<Option<StoredRequest>, Error> {
    let row = sqlx::query!(
        "select
             requests.client_id,
             requests.redirect_uri,
             requests.scope,
             requests.state,
             requests.nonce,
             requests.code_challenge,
             requests.login_hint,
             requests.browser_hash,
             requests.expires_at,
             requests.used_at,
             clients.name as client_name
         from connect.authorization_requests as requests
         join connect.clients on clients.id = requests.client_id
         where requests.token_hash = $1",
        token.digest(),
    )
    .fetch_optional(db)
    .await?;
    row.map(|row| {
        let request = AuthorizationRequest {
            client_id: row.client_id,
            return_address: ReturnAddress { redirect_uri: row.redirect_uri, state: row.state },
            scopes: scopes(&row.scope, "connect.authorization_requests")?,
            nonce: row.nonce,
            code_challenge: CodeChallenge::from_stored(row.code_challenge),
            login_hint: row.login_hint,
        };
        let (client_name, browser_hash) = (row.client_name, row.browser_hash);
        Ok(StoredRequest {
            request,
            client_name,
            browser_hash,
            expires_at: row.expires_at,
            used_at: row.used_at,
        })
    })
    .transpose()
}

/// Uses a request that was not used yet. Of two at the same instant, one is told so.
pub(crate) async fn use_request(
    db: &mut PgConnection,
    token: &Token,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update connect.authorization_requests set used_at = $2 where token_hash = $1 and used_at is null",
        token.digest(),
        now,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Removes the requests that expired before `before`.
pub(crate) async fn purge_requests(db: &PgPool, before: DateTime<Utc>) -> sqlx::Result<u64> {
    let done = sqlx::query!("delete from connect.authorization_requests where expires_at <= $1", before)
        .execute(db)
        .await?;
    Ok(done.rows_affected())
}
