//! `GET /terms`, `POST /terms`: the conditions of use and the privacy policy, for everyone to read, and to be accepted by who
//! signs in and has not (IDP-16).

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;

use super::TERMS;
use super::forms::{Asking, action, shown};
use super::holder::Holder;
use super::home::Done;
use super::let_in::resume;
use crate::Connect;
use crate::accounts::{self, RequiredAction, terms};
use crate::browser::Browser;
use crate::error::{Error, PageError};
use crate::page::Layout;
use crate::sessions::Device;
use crate::sessions::cookie::PresentedSession;

#[derive(Template)]
#[template(path = "connect/terms.html")]
struct TermsPage<'a> {
    layout: Layout<'a>,
    action: String,
    /// Nothing else opens until they are accepted.
    is_due: bool,
}

pub(super) async fn get(
    State(connect): State<Connect>,
    RawQuery(query): RawQuery,
    presented: PresentedSession,
    browser: Browser,
) -> Result<Response, PageError> {
    let asking = Asking::find(&connect, query.as_deref(), &browser);
    let base_path = connect.config().base_path();
    let page = TermsPage {
        layout: Layout { base_path },
        action: action(base_path, TERMS, asking.as_ref()),
        is_due: is_due(&connect, &presented).await?,
    };
    shown(StatusCode::OK, &page, asking.as_ref().map(|asking| &asking.pending.request))
}

async fn is_due(connect: &Connect, presented: &PresentedSession) -> Result<bool, Error> {
    let Some(session) = presented.find(connect).await? else { return Ok(false) };
    let mut db = connect.db().acquire().await?;
    Ok(accounts::required(connect, &mut db, session.account_id).await? == Some(RequiredAction::AcceptTerms))
}

pub(super) async fn post(
    State(connect): State<Connect>,
    RawQuery(query): RawQuery,
    holder: Holder,
    presented: PresentedSession,
    device: Device,
    browser: Browser,
) -> Result<Response, PageError> {
    let asking = Asking::find(&connect, query.as_deref(), &browser);
    terms::accept(&connect, holder.account.id, device.ip).await?;
    let pending = asking.as_ref().map(|asking| &asking.pending);
    resume(&connect, &presented, pending, &device, Done::Terms).await
}
