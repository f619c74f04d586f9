//! SQL of refresh tokens.

use chrono::{DateTime, Utc};
use sqlx::{PgConnection, PgExecutor};
use uuid::Uuid;

use crate::error::Error;
use crate::grants::Scopes;
use crate::sessions::Methods;

/// A refresh token to write.
pub(in crate::grants) struct NewRefreshToken<'a> {
    pub(in crate::grants) id: Uuid,
    pub(in crate::grants) token_hash: &'a [u8],
    pub(in crate::grants) code_id: Uuid,
    pub(in crate::grants) session_id: Uuid,
    pub(in crate::grants) issued_at: DateTime<Utc>,
    pub(in crate::grants) expires_at: DateTime<Utc>,
}

/// Writes a refresh token.
pub(in crate::grants) async fn insert_refresh_token(
    db: &mut PgConnection,
    token: &NewRefreshToken<'_>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into connect.refresh_tokens
             (id, token_hash, code_id, session_id, issued_at, expires_at)
         values ($1, $2, $3, $4, $5, $6)",
        token.id,
        token.token_hash,
        token.code_id,
        token.session_id,
        token.issued_at,
        token.expires_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A refresh token as stored, without its value.
pub(in crate::grants) struct StoredRefreshToken {
    pub(in crate::grants) code_id: Uuid,
    pub(in crate::grants) session_id: Uuid,
    pub(in crate::grants) account_id: Uuid,
    pub(in crate::grants) scopes: Scopes,
    pub(in crate::grants) authenticated_at: DateTime<Utc>,
    pub(in crate::grants) methods: Methods,
}

/// Uses a live refresh token of this client that was not used yet. Of two at the same instant, one gets the row.
pub(in crate::grants) async fn use_refresh_token(
    db: &mut PgConnection,
    token_hash: &[u8],
    client_id: &str,
    now: DateTime<Utc>,
) -> Result<Option<StoredRefreshToken>, Error> {
    let row = sqlx::query!(
        "update connect.refresh_tokens as tokens
         set used_at = $3
         from connect.authorization_codes as codes
         where tokens.token_hash = $1
           and codes.id = tokens.code_id
           and codes.client_id = $2
           and tokens.used_at is null
           and tokens.expires_at > $3
         returning
             tokens.code_id, tokens.session_id, codes.account_id, codes.scope, codes.authenticated_at, codes.amr",
        token_hash,
        client_id,
        now,
    )
    .fetch_optional(db)
    .await?;
    row.map(|row| {
        Ok(StoredRefreshToken {
            code_id: row.code_id,
            session_id: row.session_id,
            account_id: row.account_id,
            scopes: super::scopes(&row.scope, "connect.authorization_codes")?,
            authenticated_at: row.authenticated_at,
            methods: Methods::from_stored(&row.amr),
        })
    })
    .transpose()
}

/// A refresh token of a client, used or not, expired or not.
pub(in crate::grants) struct KnownRefreshToken {
    pub(in crate::grants) code_id: Uuid,
    pub(in crate::grants) account_id: Uuid,
    pub(in crate::grants) scope: String,
    pub(in crate::grants) issued_at: DateTime<Utc>,
    pub(in crate::grants) expires_at: DateTime<Utc>,
    pub(in crate::grants) used_at: Option<DateTime<Utc>>,
}

/// What is known of it.
pub(in crate::grants) async fn find_refresh_token(
    db: impl PgExecutor<'_>,
    token_hash: &[u8],
    client_id: &str,
) -> sqlx::Result<Option<KnownRefreshToken>> {
    sqlx::query_as!(
        KnownRefreshToken,
        "select
             tokens.code_id,
             codes.account_id,
             codes.scope,
             tokens.issued_at,
             tokens.expires_at,
             tokens.used_at
         from connect.refresh_tokens as tokens
         join connect.authorization_codes as codes on codes.id = tokens.code_id
         where tokens.token_hash = $1 and codes.client_id = $2",
        token_hash,
        client_id,
    )
    .fetch_optional(db)
    .await
}
