//! `GET /email/cancellation`, `POST /email/cancellation`: the former address says no. Opening the link does nothing.

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use iae_server::Address;

use crate::Connect;
use crate::accounts::email_change::{Change, State as LinkState, cancel, to_keep};
use crate::endpoints::EMAIL_CANCELLATION;
use crate::endpoints::forms::{link, shown};
use crate::error::PageError;
use crate::page::Layout;

#[derive(Template)]
#[template(path = "connect/email_cancellation.html")]
struct CancellationPage<'a> {
    layout: Layout<'a>,
    action: String,
    state: LinkState,
    /// The account left the address already.
    was_done: bool,
    former_email: &'a str,
}

fn answer(connect: &Connect, change: &Change, link: &str, state: LinkState) -> Result<Response, PageError> {
    let base_path = connect.config().base_path();
    let page = CancellationPage {
        layout: Layout { base_path },
        action: format!("{base_path}{EMAIL_CANCELLATION}?link={link}"),
        state,
        was_done: change.is_done(),
        former_email: &change.former_email,
    };
    let status = match state {
        LinkState::Open | LinkState::Done => StatusCode::OK,
        LinkState::Over => StatusCode::GONE,
    };
    shown(status, &page, None)
}

pub(in crate::endpoints) async fn get(
    State(connect): State<Connect>,
    RawQuery(query): RawQuery,
) -> Result<Response, PageError> {
    let link = link(query);
    let change = to_keep(&connect, &link).await?.ok_or(PageError::NotFound)?;
    answer(&connect, &change, &link, change.cancellation(connect.now()))
}

pub(in crate::endpoints) async fn post(
    State(connect): State<Connect>,
    RawQuery(query): RawQuery,
    ip: Address,
) -> Result<Response, PageError> {
    let link = link(query);
    let change = to_keep(&connect, &link).await?.ok_or(PageError::NotFound)?;
    let state = change.cancellation(connect.now());
    if state != LinkState::Open {
        return answer(&connect, &change, &link, state);
    }
    let state = if cancel(&connect, &change, ip).await? { LinkState::Done } else { LinkState::Over };
    answer(&connect, &change, &link, state)
}
