//! Who is signed in, for the pages of their own account. Who is not is sent to the page that says how to be.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};

use crate::accounts::{self, Account};
use crate::error::{Error, PageError};
use crate::sessions::Session;
use crate::sessions::cookie::PresentedSession;
use crate::{Connect, page};

/// Somebody whose session is open. They may have something to do first (IDP-16): the page they do it on asks for this.
pub(super) struct Holder {
    /// Their session.
    pub(super) session: Session,
    /// Their account.
    pub(super) account: Account,
}

/// Somebody who has nothing to do first: every other page asks for this.
pub(super) struct Cleared(pub(super) Holder);

impl Holder {
    async fn find(parts: &mut Parts, connect: &Connect) -> Result<Option<Self>, Error> {
        let Ok(presented) = PresentedSession::from_request_parts(parts, connect).await;
        let Some(session) = presented.find(connect).await? else { return Ok(None) };
        let account = accounts::find_active(connect.db(), session.account_id).await?;
        Ok(account.map(|account| Self { session, account }))
    }
}

impl FromRequestParts<Connect> for Holder {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, connect: &Connect) -> Result<Self, Response> {
        match Self::find(parts, connect).await {
            Ok(Some(holder)) => Ok(holder),
            Ok(None) => {
                let layout = page::Layout { base_path: connect.config().base_path() };
                Err(Redirect::to(&layout.home()).into_response())
            }
            Err(error) => Err(PageError::from(error).into_response()),
        }
    }
}

impl FromRequestParts<Connect> for Cleared {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, connect: &Connect) -> Result<Self, Response> {
        let holder = Holder::from_request_parts(parts, connect).await?;
        match due(connect, &holder).await {
            Ok(None) => Ok(Self(holder)),
            Ok(Some(address)) => Err(Redirect::to(&address).into_response()),
            Err(error) => Err(PageError::from(error).into_response()),
        }
    }
}

async fn due(connect: &Connect, holder: &Holder) -> Result<Option<String>, Error> {
    let mut db = connect.db().acquire().await?;
    let due = accounts::required(connect, &mut db, holder.account.id).await?;
    Ok(due.map(|due| due.address(connect.config(), None)))
}
