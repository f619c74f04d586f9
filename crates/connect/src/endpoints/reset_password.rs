//! `GET /reset-password`, `POST /reset-password`: the link of a forgotten password (IDP-14). Opening it does nothing.

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use secrecy::SecretString;

use super::forms::{Errors, link, shown, shown_to};
use super::let_in::{Kept, Visitor, let_in};
use super::{FORGOT_PASSWORD, RESET_PASSWORD};
use crate::Connect;
use crate::accounts::reset::{Found, Reset, find, reset};
use crate::accounts::{self, Account};
use crate::browser::Browser;
use crate::error::PageError;
use crate::page::Layout;
use crate::params::FormParams;
use crate::sessions::Device;
use crate::sessions::cookie::PresentedSession;

#[derive(Template)]
#[template(path = "connect/reset_password.html")]
struct ResetPage<'a> {
    layout: Layout<'a>,
    action: String,
    email: &'a str,
    errors: Errors,
}

impl<'a> ResetPage<'a> {
    fn new(connect: &'a Connect, account: &'a Account, link: &str) -> Self {
        let base_path = connect.config().base_path();
        Self {
            layout: Layout { base_path },
            action: format!("{base_path}{RESET_PASSWORD}?link={link}"),
            email: &account.email,
            errors: Errors::default(),
        }
    }
}

/// The page of a link that serves no more.
#[derive(Template)]
#[template(path = "connect/reset_password_over.html")]
struct OverPage<'a> {
    layout: Layout<'a>,
    forgot_password: String,
}

fn over(connect: &Connect) -> Result<Response, PageError> {
    let base_path = connect.config().base_path();
    let forgot_password = format!("{base_path}{FORGOT_PASSWORD}");
    shown(StatusCode::GONE, &OverPage { layout: Layout { base_path }, forgot_password }, None)
}

/// The account of a link, and where its holder was headed.
async fn opened(connect: &Connect, link: &str) -> Result<Option<(Account, Option<Kept>)>, PageError> {
    match find(connect, link).await?.ok_or(PageError::NotFound)? {
        Found::Open { account, request } => {
            Ok(Some((account, Kept::find(connect, request.as_deref()).await?)))
        }
        Found::Over => Ok(None),
    }
}

pub(super) async fn get(
    State(connect): State<Connect>,
    RawQuery(query): RawQuery,
    browser: Browser,
) -> Result<Response, PageError> {
    let link = link(query);
    let Some((account, kept)) = opened(&connect, &link).await? else { return over(&connect) };
    let target = kept.and_then(|kept| kept.target(&connect, &browser));
    shown_to(StatusCode::OK, &ResetPage::new(&connect, &account, &link), target.as_ref())
}

pub(super) async fn post(
    State(connect): State<Connect>,
    RawQuery(query): RawQuery,
    device: Device,
    previous: PresentedSession,
    browser: Browser,
    FormParams(form): FormParams,
) -> Result<Response, PageError> {
    let link = link(query);
    let Some((account, kept)) = opened(&connect, &link).await? else { return over(&connect) };
    let target = kept.as_ref().and_then(|kept| kept.target(&connect, &browser));
    let mut page = ResetPage::new(&connect, &account, &link);
    let password = form.get("password").unwrap_or_default();
    page.errors.check_pair(password, form.get("password_again").unwrap_or_default());
    if !page.errors.is_empty() {
        return shown_to(StatusCode::UNPROCESSABLE_ENTITY, &page, target.as_ref());
    }
    match reset(&connect, &account, SecretString::from(password), device.ip).await? {
        Reset::Done => {
            let account = accounts::find_active(connect.db(), account.id).await?;
            let account = account.ok_or(PageError::NotFound)?;
            let_in(&connect, &account, kept, Visitor { device, previous, browser }).await
        }
        Reset::Weak(weak) => {
            page.errors.add("password", weak.sentence());
            shown_to(StatusCode::UNPROCESSABLE_ENTITY, &page, target.as_ref())
        }
        Reset::Over => over(&connect),
    }
}
