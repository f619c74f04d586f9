//! The pages of ours that a request leads to.

use axum::response::{IntoResponse as _, Redirect, Response};

use crate::Connect;
use crate::browser::Browser;
use crate::endpoints::FACTORS;
use crate::error::{Error, PageError};
use crate::factors;
use crate::grants::{AuthorizationRequest, Pending};
use crate::sessions::Session;
use crate::sessions::step::{Step, Then};

/// Sends the person to a page of ours, which carries the request.
pub(super) fn ask(
    connect: &Connect,
    path: &str,
    request: AuthorizationRequest,
    browser: Browser,
) -> Result<Response, PageError> {
    let (browser, cookies) = browser.known(connect.config())?;
    let carried = Pending::new(request, browser, connect.now())?.seal(connect.secret())?;
    let base_path = connect.config().base_path();
    Ok((cookies, Redirect::to(&format!("{base_path}{path}?request={carried}"))).into_response())
}

/// Where the second factor is shown in a session that is open, or added by who has none.
pub(super) async fn second_factor(
    connect: &Connect,
    session: &Session,
    request: AuthorizationRequest,
    browser: Vec<u8>,
) -> Result<String, Error> {
    let now = connect.now();
    let pending = Pending::new(request, browser.clone(), now)?;
    let mut db = connect.db().acquire().await?;
    if factors::exist(&mut db, session.account_id).await? {
        let then = Then::Answer(Box::new(pending));
        return Step::in_session(session.account_id, then, &browser, now)?.address(connect);
    }
    let base_path = connect.config().base_path();
    Ok(format!("{base_path}{FACTORS}?request={}", pending.seal(connect.secret())?))
}
