//! `GET /activate`: a relying party sends somebody it knows to open an account (01 §11.1): the parameters of `/authorize`, and who they
//! are, which the form shows and does not let change. Their address is proved by mail like anybody's.

use axum::extract::{RawQuery, State};
use axum::response::Response;

use super::authorize::answer;
use crate::Connect;
use crate::accounts::{self, names};
use crate::browser::Browser;
use crate::error::{BadRequest, PageError};
use crate::events::{Event, Name};
use crate::params::Params;
use crate::sessions::Device;
use crate::sessions::cookie::PresentedSession;

pub(super) async fn get(
    State(connect): State<Connect>,
    RawQuery(query): RawQuery,
    device: Device,
    session: PresentedSession,
    browser: Browser,
) -> Result<Response, PageError> {
    let params = Params::parse(query.unwrap_or_default().as_bytes());
    let is_complete = params.get("login_hint").and_then(accounts::address).is_some()
        && ["firstname", "lastname"].iter().all(|name| params.get(name).and_then(names::name).is_some());
    if !is_complete {
        let reason = BadRequest::IncompleteActivation;
        Event::new(Name::OidcParamsError, device.ip).detail(reason.name()).record_once(&connect).await?;
        return Err(reason.into());
    }
    answer(&connect, &params.with("prompt", "create"), &device, &session, browser).await
}
