//! What a relying party asks about its own tokens: whether one lives (RFC 7662), and that it be taken back (RFC 7009). Those of
//! another are as unknown as any.

use chrono::{DateTime, Utc};
use iae_server::Address;
use uuid::Uuid;

use super::store;
use crate::clients::Client;
use crate::error::Error;
use crate::events::{Event, Name};
use crate::secret::Token;
use crate::{Connect, accounts};

/// A token that lives.
pub(crate) struct Inspected {
    /// `access_token` or `refresh_token`.
    pub(crate) kind: &'static str,
    /// Whose.
    pub(crate) account_id: Uuid,
    /// For what, as granted.
    pub(crate) scope: String,
    /// Since when.
    pub(crate) issued_at: DateTime<Utc>,
    /// Until when.
    pub(crate) expires_at: DateTime<Utc>,
}

/// What a token of this client is worth now.
pub(crate) async fn inspect(
    connect: &Connect,
    client: &Client,
    token: &Token,
) -> Result<Option<Inspected>, Error> {
    let (digest, now) = (token.digest(), connect.now());
    let access = store::find_access_token_of(connect.db(), &digest, &client.id).await?;
    let found = if let Some(access) = access {
        Some(Inspected {
            kind: "access_token",
            account_id: access.account_id,
            scope: access.scope,
            issued_at: access.issued_at,
            expires_at: access.expires_at,
        })
    } else {
        let refresh = store::find_refresh_token(connect.db(), &digest, &client.id).await?;
        refresh.filter(|refresh| refresh.used_at.is_none()).map(|refresh| Inspected {
            kind: "refresh_token",
            account_id: refresh.account_id,
            scope: refresh.scope,
            issued_at: refresh.issued_at,
            expires_at: refresh.expires_at,
        })
    };
    let Some(live) = found.filter(|found| found.expires_at > now) else { return Ok(None) };
    let account = accounts::find_active(connect.db(), live.account_id).await?;
    Ok(account.map(|_| live))
}

/// Takes a token of this client back: an access token alone, a refresh token with all that came of its code (RFC 7009 §2.1).
pub(crate) async fn revoke(
    connect: &Connect,
    client: &Client,
    token: &Token,
    ip: Address,
) -> Result<(), Error> {
    let digest = token.digest();
    let mut tx = connect.db().begin().await?;
    let account_id = if let Some(access) = store::find_access_token_of(&mut *tx, &digest, &client.id).await? {
        store::delete_access_token(&mut tx, access.id).await?;
        access.account_id
    } else if let Some(refresh) = store::find_refresh_token(&mut *tx, &digest, &client.id).await? {
        store::revoke_family(&mut tx, refresh.code_id).await?;
        refresh.account_id
    } else {
        // Nothing to take back is as good as taken back.
        return Ok(());
    };
    let event = Event::new(Name::RevokeToken, ip).client(&*client.id).account(account_id);
    event.record(&mut tx, connect.now()).await?;
    tx.commit().await?;
    Ok(())
}
