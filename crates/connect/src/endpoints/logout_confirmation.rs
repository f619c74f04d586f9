//! `POST /logout/confirmation`: the person says yes to the logout page.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum_extra::extract::CookieJar;

use super::logout::Destination;
use crate::Connect;
use crate::client_ip::ClientIp;
use crate::error::PageError;
use crate::params::FormParams;
use crate::sessions::cookie::{self, PresentedSession};
use crate::sessions::log_out::log_out_everywhere;

pub(super) async fn post(
    State(connect): State<Connect>,
    ip: ClientIp,
    session: PresentedSession,
    cookies: CookieJar,
    FormParams(form): FormParams,
) -> Result<Response, PageError> {
    let client_id = form.get("client_id");
    let then = Destination::find(&connect, &form, client_id).await??;
    if let Some(session) = session.find(&connect).await? {
        log_out_everywhere(&connect, session.account_id, client_id, ip).await?;
    }
    Ok((cookies.add(cookie::removal(connect.config())), then.follow(&connect)).into_response())
}
