//! `GET /`: says whether someone is signed in here, and lets them sign out.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use crate::Connect;
use crate::accounts::{self, Account};
use crate::error::{Error, PageError};
use crate::page::{self, Layout};
use crate::sessions::cookie::PresentedSession;

#[derive(Template)]
#[template(path = "connect/home.html")]
struct HomePage<'a> {
    layout: Layout<'a>,
    person: Option<Account>,
}

pub(super) async fn get(
    State(connect): State<Connect>,
    session: PresentedSession,
) -> Result<Response, PageError> {
    let person = match session.find(&connect).await? {
        Some(session) => accounts::find_active(connect.db(), session.account_id).await?,
        None => None,
    };
    let layout = Layout { base_path: connect.config().base_path() };
    let html = HomePage { layout, person }.render().map_err(Error::from)?;
    Ok(page::html(StatusCode::OK, html))
}
