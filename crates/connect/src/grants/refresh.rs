//! Exchanging a refresh token for others, once. Another use of it is a theft, of this one or of the next: nobody can tell whose
//! it is any more, and the whole family ends (RFC 9700 §4.14.2).

use iae_server::Address;

use super::redeem::Family;
use super::{Redeemed, Scopes, store};
use crate::Connect;
use crate::accounts;
use crate::clients::Client;
use crate::error::Error;
use crate::events::{Event, Name};
use crate::secret::Token;

/// A relying party, authenticated, presenting a refresh token.
pub(crate) struct Refresh<'a> {
    /// Who presents it.
    pub(crate) client: &'a Client,
    /// The token.
    pub(crate) token: Token,
    /// What it asks for; as much as before when it says nothing.
    pub(crate) scopes: Option<Scopes>,
    /// From where.
    pub(crate) ip: Address,
}

/// Why nothing is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RefreshRefused {
    /// Unknown, expired, used already, of another client, of a closed account or of a session that ended.
    InvalidGrant,
    /// More is asked than was granted.
    InvalidScope,
}

/// Uses the token up and gives others. A token presented by another client is unknown to it, and stays intact for its owner.
pub(crate) async fn refresh(
    connect: &Connect,
    command: Refresh<'_>,
) -> Result<Result<Redeemed, RefreshRefused>, Error> {
    let now = connect.now();
    let Refresh { client, token, scopes, ip } = command;
    let digest = token.digest();
    let refused = || Event::new(Name::OidcParamsError, ip).client(&*client.id);
    let mut tx = connect.db().begin().await?;
    let Some(known) = store::use_refresh_token(&mut tx, &digest, &client.id, now).await? else {
        // A use after another is told always; an unknown token can be invented without end.
        let known = store::find_refresh_token(&mut *tx, &digest, &client.id).await?;
        if let Some(used) = known.filter(|known| known.used_at.is_some()) {
            store::revoke_family(&mut tx, used.code_id).await?;
            refused().account(used.account_id).detail("refresh_token_reused").record(&mut tx, now).await?;
            tx.commit().await?;
        } else {
            tx.rollback().await?;
            refused().detail("invalid_refresh_token").record_once(connect).await?;
        }
        return Ok(Err(RefreshRefused::InvalidGrant));
    };
    let asked = scopes.unwrap_or(known.scopes);
    if !asked.is_within(known.scopes) {
        // Not used up: the relying party may ask again for less.
        return Ok(Err(RefreshRefused::InvalidScope));
    }
    let account = accounts::find_active(&mut *tx, known.account_id).await?;
    let family = Family { code_id: known.code_id, client, account_id: known.account_id };
    let next = family.refresh_token(&mut tx, known.session_id, now).await?;
    let (Some(account), Some(next)) = (account, next) else {
        tx.rollback().await?;
        refused().account(known.account_id).detail("invalid_grant").record_once(connect).await?;
        return Ok(Err(RefreshRefused::InvalidGrant));
    };
    let access_token = family.access_token(&mut tx, asked, now).await?;
    let event = Event::new(Name::Token, ip).client(&*client.id).account(account.id).detail("refresh");
    event.record(&mut tx, now).await?;
    tx.commit().await?;
    Ok(Ok(Redeemed {
        access_token,
        refresh_token: Some(next),
        account,
        scopes: asked,
        // An id token of a refresh has none (OpenID Connect Core §12.2).
        nonce: None,
        authenticated_at: known.authenticated_at,
        methods: known.methods,
        session_id: Some(known.session_id),
    }))
}
