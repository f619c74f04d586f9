//! `GET /email/confirmation`, `POST /email/confirmation`: the new address says yes. Opening the link does nothing.

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use iae_server::Address;

use crate::Connect;
use crate::accounts::email_change::{Change, Confirmed, State as LinkState, confirm, to_confirm};
use crate::endpoints::EMAIL_CONFIRMATION;
use crate::endpoints::forms::{link, shown};
use crate::error::PageError;
use crate::page::Layout;

/// What the page says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// The button is there.
    Ask,
    /// The address is that of the account.
    Done,
    /// It is another account's.
    Taken,
    /// The link serves no more.
    Over,
}

#[derive(Template)]
#[template(path = "connect/email_confirmation.html")]
struct ConfirmationPage<'a> {
    layout: Layout<'a>,
    action: String,
    step: Step,
    former_email: &'a str,
    new_email: &'a str,
}

fn answer(connect: &Connect, change: &Change, link: &str, step: Step) -> Result<Response, PageError> {
    let base_path = connect.config().base_path();
    let page = ConfirmationPage {
        layout: Layout { base_path },
        action: format!("{base_path}{EMAIL_CONFIRMATION}?link={link}"),
        step,
        former_email: &change.former_email,
        new_email: &change.new_email,
    };
    let status = match step {
        Step::Ask | Step::Done => StatusCode::OK,
        Step::Taken => StatusCode::CONFLICT,
        Step::Over => StatusCode::GONE,
    };
    shown(status, &page, None)
}

pub(in crate::endpoints) async fn get(
    State(connect): State<Connect>,
    RawQuery(query): RawQuery,
) -> Result<Response, PageError> {
    let link = link(query);
    let change = to_confirm(&connect, &link).await?.ok_or(PageError::NotFound)?;
    let step = match change.confirmation(connect.now()) {
        LinkState::Open => Step::Ask,
        LinkState::Done => Step::Done,
        LinkState::Over => Step::Over,
    };
    answer(&connect, &change, &link, step)
}

pub(in crate::endpoints) async fn post(
    State(connect): State<Connect>,
    RawQuery(query): RawQuery,
    ip: Address,
) -> Result<Response, PageError> {
    let link = link(query);
    let change = to_confirm(&connect, &link).await?.ok_or(PageError::NotFound)?;
    let step = match change.confirmation(connect.now()) {
        LinkState::Open => match confirm(&connect, &change, ip).await? {
            Confirmed::Done => Step::Done,
            Confirmed::Taken => Step::Taken,
            Confirmed::Over => Step::Over,
        },
        LinkState::Done => Step::Done,
        LinkState::Over => Step::Over,
    };
    answer(&connect, &change, &link, step)
}
