//! Who may change how an account is entered (its second factors, its password, its address): its holder, once they showed the second
//! factor that it has. A session that was opened before it had one is not enough.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};

use super::FACTORS;
use super::forms::Asking;
use super::holder::Holder;
use crate::accounts::Account;
use crate::browser::Browser;
use crate::error::{Error, PageError};
use crate::sessions::cookie::PresentedSession;
use crate::sessions::step::{Step, Then};
use crate::sessions::{Device, Session};
use crate::{Connect, factors};

/// The holder of an account, who showed all that it asks for.
pub(super) struct Owner {
    /// Their session.
    pub(super) session: Session,
    /// Their account.
    pub(super) account: Account,
    /// Its cookie.
    pub(super) presented: PresentedSession,
    /// Where they are.
    pub(super) device: Device,
}

impl Owner {
    async fn admit(
        parts: &mut Parts,
        connect: &Connect,
        holder: Holder,
    ) -> Result<Result<Self, Response>, Error> {
        let Holder { session, account } = holder;
        let may = session.methods.are_two() || {
            let mut db = connect.db().acquire().await?;
            !factors::exist(&mut db, account.id).await?
        };
        if may {
            let Ok(presented) = PresentedSession::from_request_parts(parts, connect).await;
            let Ok(device) = Device::from_request_parts(parts, connect).await;
            return Ok(Ok(Self { session, account, presented, device }));
        }
        let Ok(browser) = Browser::from_request_parts(parts, connect).await;
        let then = then(parts, connect, &browser);
        let (browser, cookies) = browser.known(connect.config())?;
        let step = Step::in_session(account.id, then, &browser, connect.now())?;
        Ok(Err((cookies, Redirect::to(&step.address(connect)?)).into_response()))
    }
}

/// Where the page of the second factor leads: back to the factors, on with the request of a relying party, or to the account.
fn then(parts: &Parts, connect: &Connect, browser: &Browser) -> Then {
    if let Some(asking) = Asking::find(connect, parts.uri.query(), browser) {
        return Then::Answer(Box::new(asking.pending));
    }
    let path = parts.uri.path();
    let path = path.strip_prefix(connect.config().base_path()).unwrap_or(path);
    if path.starts_with(FACTORS) { Then::Factors } else { Then::Home }
}

impl FromRequestParts<Connect> for Owner {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, connect: &Connect) -> Result<Self, Response> {
        let holder = Holder::from_request_parts(parts, connect).await?;
        match Self::admit(parts, connect, holder).await {
            Ok(admitted) => admitted,
            Err(error) => Err(PageError::from(error).into_response()),
        }
    }
}
