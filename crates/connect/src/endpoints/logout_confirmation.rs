//! `POST /logout/confirmation`: the person says yes to the logout page.

use axum::extract::State;
use axum::response::{IntoResponse, Response};

use super::logout::Leaver;
use super::logout::destination::Destination;
use crate::Connect;
use crate::error::PageError;
use crate::params::FormParams;
use crate::sessions::cookie;
use crate::sessions::log_out::log_out_everywhere;

pub(super) async fn post(
    State(connect): State<Connect>,
    Leaver { ip, session, cookies }: Leaver,
    FormParams(form): FormParams,
) -> Result<Response, PageError> {
    let client_id = form.get("client_id");
    let then = Destination::find(&connect, &form, client_id).await??;
    if let Some(session) = session.find(&connect).await? {
        log_out_everywhere(&connect, session.account_id, client_id, ip).await?;
    }
    Ok((cookies.add(cookie::removal(connect.config())), then.follow(&connect)).into_response())
}
