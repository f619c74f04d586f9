//! Exchanging a code for tokens, once.

use chrono::{DateTime, Utc};

use super::code::Presentation;
use super::{ACCESS_TOKEN_LIFETIME, Scopes, store};
use iae_server::Address;

use crate::accounts::{self, Account};
use crate::clients::Client;
use crate::error::Error;
use crate::events::{Event, Name};
use crate::secret::Token;
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
    /// Whose.
    pub(crate) account: Account,
    /// For what.
    pub(crate) scopes: Scopes,
    /// To echo.
    pub(crate) nonce: Option<String>,
    /// When the password was typed.
    pub(crate) authenticated_at: DateTime<Utc>,
}

/// `invalid_grant`: unknown, expired, replayed, not matching, or of a closed account.
#[derive(Debug)]
pub(crate) struct GrantRefused;

/// Uses the code up, whatever comes next: the first presentation by its own client is the only one
/// (one atomic UPDATE), and a replay revokes the token that the first one obtained (RFC 6749 §4.1.2).
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
    let access_token = random::token()?;
    let new = store::NewAccessToken {
        id: random::id(now)?,
        token_hash: &access_token.digest(),
        code: &code,
        client_id: &client.id,
        issued_at: now,
        expires_at: now + ACCESS_TOKEN_LIFETIME,
    };
    store::insert_access_token(&mut tx, &new).await?;
    Event::new(Name::Token, ip).client(&*client.id).account(account.id).record(&mut tx, now).await?;
    tx.commit().await?;
    Ok(Ok(Redeemed {
        access_token,
        account,
        scopes: code.scopes,
        nonce: code.nonce,
        authenticated_at: code.authenticated_at,
    }))
}
