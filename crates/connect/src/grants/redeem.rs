//! Exchanging a code for tokens, once.

use chrono::{DateTime, Utc};

use sqlx::PgConnection;
use uuid::Uuid;

use super::code::Presentation;
use super::{ACCESS_TOKEN_LIFETIME, REFRESH_TOKEN_LIFETIME, Scopes, store};
use iae_server::Address;

use crate::accounts::{self, Account};
use crate::clients::Client;
use crate::error::Error;
use crate::events::{Event, Name};
use crate::secret::Token;
use crate::sessions::{self, Methods};
use crate::{Connect, random};

/// A relying party, authenticated, presenting a code.
pub(crate) struct Redeem<'a> {
    /// Who presents it.
    pub(crate) client: &'a Client,
    /// The code.
    pub(crate) code: Token,
    /// `redirect_uri` of the request.
    pub(crate) redirect_uri: Option<&'a str>,
    /// PKCE verifier.
    pub(crate) code_verifier: Option<&'a str>,
    /// From where.
    pub(crate) ip: Address,
}

/// What the code was worth.
pub(crate) struct Redeemed {
    /// New access token.
    pub(crate) access_token: Token,
    /// New refresh token, for those who get one.
    pub(crate) refresh_token: Option<Token>,
    /// Whose.
    pub(crate) account: Account,
    /// For what.
    pub(crate) scopes: Scopes,
    /// To echo.
    pub(crate) nonce: Option<String>,
    /// When the password was typed, or the passkey shown.
    pub(crate) authenticated_at: DateTime<Utc>,
    /// How the person had proved who they are.
    pub(crate) methods: Methods,
    /// Claim `sid`.
    pub(crate) session_id: Option<Uuid>,
}

/// `invalid_grant`: unknown, expired, replayed, not matching, or of a closed account.
#[derive(Debug)]
pub(crate) struct GrantRefused;

/// Uses the code up, whatever comes next: the first presentation by its own client is the only one
/// (one atomic UPDATE), and a replay revokes the tokens that the first one obtained (RFC 6749 §4.1.2).
/// A code presented by another client is unknown to it, and stays intact for its owner.
pub(crate) async fn redeem(
    connect: &Connect,
    command: Redeem<'_>,
) -> Result<Result<Redeemed, GrantRefused>, Error> {
    let now = connect.now();
    let Redeem { client, code, redirect_uri, code_verifier, ip } = command;
    let digest = code.digest();
    let mut tx = connect.db().begin().await?;
    let refused = || Event::new(Name::OidcParamsError, ip).client(&*client.id).detail("invalid_grant");
    let Some(code) = store::use_code(&mut tx, &digest, &client.id, now).await? else {
        // A replay is a theft, or a fault, and can be told once; an unknown code can be invented without end.
        let replayed = store::revoke_tokens_of_code(&mut tx, &digest, &client.id).await?;
        if replayed {
            refused().record(&mut tx, now).await?;
        }
        tx.commit().await?;
        if !replayed {
            refused().record_once(connect).await?;
        }
        return Ok(Err(GrantRefused));
    };
    let admitted = code.admits(Presentation { redirect_uri, code_verifier }, now);
    let account = accounts::find_active(&mut *tx, code.account_id).await?.filter(|_| admitted);
    let Some(account) = account else {
        refused().record(&mut tx, now).await?;
        tx.commit().await?;
        return Ok(Err(GrantRefused));
    };
    let family = Family { code_id: code.id, client, account_id: account.id };
    let access_token = family.access_token(&mut tx, code.scopes, now).await?;
    let refresh_token = match code.session_id {
        Some(session_id) if code.scopes.offline_access || client.refresh_tokens => {
            family.refresh_token(&mut tx, session_id, now).await?
        }
        Some(_) | None => None,
    };
    Event::new(Name::Token, ip).client(&*client.id).account(account.id).record(&mut tx, now).await?;
    tx.commit().await?;
    Ok(Ok(Redeemed {
        access_token,
        refresh_token,
        account,
        scopes: code.scopes,
        nonce: code.nonce,
        authenticated_at: code.authenticated_at,
        methods: code.methods,
        session_id: code.session_id,
    }))
}

/// The tokens that begin with one code.
pub(super) struct Family<'a> {
    /// The code.
    pub(super) code_id: Uuid,
    /// For whom.
    pub(super) client: &'a Client,
    /// Whose.
    pub(super) account_id: Uuid,
}

impl Family<'_> {
    /// One more access token.
    pub(super) async fn access_token(
        &self,
        db: &mut PgConnection,
        scopes: Scopes,
        now: DateTime<Utc>,
    ) -> Result<Token, Error> {
        let token = random::token()?;
        let new = store::NewAccessToken {
            id: random::id(now)?,
            token_hash: &token.digest(),
            code_id: self.code_id,
            client_id: &self.client.id,
            account_id: self.account_id,
            scopes,
            issued_at: now,
            expires_at: now + ACCESS_TOKEN_LIFETIME,
        };
        store::insert_access_token(db, &new).await?;
        Ok(token)
    }

    /// The next refresh token, as long as the session is open.
    pub(super) async fn refresh_token(
        &self,
        db: &mut PgConnection,
        session_id: Uuid,
        now: DateTime<Utc>,
    ) -> Result<Option<Token>, Error> {
        let Some(end) = sessions::expires_at(db, session_id, now).await? else { return Ok(None) };
        let token = random::token()?;
        let new = store::NewRefreshToken {
            id: random::id(now)?,
            token_hash: &token.digest(),
            code_id: self.code_id,
            session_id,
            issued_at: now,
            expires_at: end.min(now + REFRESH_TOKEN_LIFETIME),
        };
        store::insert_refresh_token(db, &new).await?;
        Ok(Some(token))
    }
}
