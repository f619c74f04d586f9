//! `GET /forgot-password`, `POST /forgot-password`: the same answer for any address (IDP-14); the mail tells the rest.

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use iae_server::Address;

use super::FORGOT_PASSWORD;
use super::forms::{Asking, Errors, TOO_MANY_MAILS, action, later, shown};
use super::mail_sent::{self, mail_sent};
use crate::Connect;
use crate::accounts::{self, reset};
use crate::browser::Browser;
use crate::emails::{self, Asked};
use crate::error::PageError;
use crate::page::Layout;
use crate::params::FormParams;

#[derive(Template)]
#[template(path = "connect/forgot_password.html")]
struct ForgotPage<'a> {
    layout: Layout<'a>,
    action: String,
    email: &'a str,
    /// The relying party named the address: it cannot be changed (IDP-5).
    email_locked: bool,
    errors: Errors,
}

impl<'a> ForgotPage<'a> {
    fn new(connect: &'a Connect, asking: Option<&'a Asking>, typed: &'a str) -> Self {
        let base_path = connect.config().base_path();
        let hint = asking.and_then(|asking| asking.pending.request.login_hint.as_deref());
        Self {
            layout: Layout { base_path },
            action: action(base_path, FORGOT_PASSWORD, asking),
            email: hint.unwrap_or(typed),
            email_locked: hint.is_some(),
            errors: Errors::default(),
        }
    }
}

pub(super) async fn get(
    State(connect): State<Connect>,
    RawQuery(query): RawQuery,
    browser: Browser,
) -> Result<Response, PageError> {
    let asking = Asking::find(&connect, query.as_deref(), &browser);
    shown(StatusCode::OK, &ForgotPage::new(&connect, asking.as_ref(), ""), None)
}

pub(super) async fn post(
    State(connect): State<Connect>,
    RawQuery(query): RawQuery,
    ip: Address,
    browser: Browser,
    FormParams(form): FormParams,
) -> Result<Response, PageError> {
    let asking = Asking::find(&connect, query.as_deref(), &browser);
    let mut page = ForgotPage::new(&connect, asking.as_ref(), form.get("email").unwrap_or_default());
    let Some(email) = accounts::address(page.email) else {
        page.errors.add("email", "Saisissez une adresse e-mail complète, comme nom@exemple.fr.");
        return shown(StatusCode::UNPROCESSABLE_ENTITY, &page, None);
    };
    let request = asking.as_ref().map(|asking| asking.carried.as_str());
    match reset::ask(&connect, &email, request, ip).await? {
        Asked::Told => mail_sent(&connect, mail_sent::Asked::Password, &email, &page.action),
        Asked::TooMany => {
            page.errors.add("", TOO_MANY_MAILS);
            let answer = shown(StatusCode::TOO_MANY_REQUESTS, &page, None)?;
            Ok(later(emails::WINDOW.num_minutes(), answer))
        }
    }
}
