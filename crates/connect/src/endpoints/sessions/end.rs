//! `POST /sessions/end`: one session of one's account, or all but the one in use, end at once, and relying parties are told.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use iae_server::Address;
use uuid::Uuid;

use crate::Connect;
use crate::accounts::devices;
use crate::endpoints::SESSIONS;
use crate::endpoints::holder::Holder;
use crate::endpoints::home::Done;
use crate::error::PageError;
use crate::params::FormParams;
use crate::sessions::cookie;

pub(in crate::endpoints) async fn post(
    State(connect): State<Connect>,
    Holder { session, account }: Holder,
    ip: Address,
    cookies: CookieJar,
    FormParams(form): FormParams,
) -> Result<Response, PageError> {
    let which = form.get("session").unwrap_or_default();
    let list = || Redirect::to(&format!("{}{SESSIONS}", connect.config().base_path()));
    if which == "others" {
        devices::end_others(&connect, &session, ip).await?;
        return Ok(list().into_response());
    }
    // One that is over, or never was this account's.
    let id = which.parse::<Uuid>().map_err(|_| PageError::NotFound)?;
    if !devices::end(&connect, account.id, id, ip).await? {
        return Err(PageError::NotFound);
    }
    if id == session.id {
        let home = Redirect::to(&Done::home(&connect, None));
        return Ok((cookies.add(cookie::removal(connect.config())), home).into_response());
    }
    Ok(list().into_response())
}
