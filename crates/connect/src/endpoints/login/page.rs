//! What the login page shows.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;

use super::waiting::Waiting;
use crate::Connect;
use crate::endpoints::{FORGOT_PASSWORD, REGISTER};
use crate::error::{Error, PageError};
use crate::factors::{self, Asked};
use crate::page::{self, Layout};

#[derive(Template)]
#[template(path = "connect/login.html")]
pub(super) struct LoginPage<'a> {
    layout: Layout<'a>,
    waiting: &'a Waiting,
    query: String,
    pub(super) email: &'a str,
    /// The relying party named the address: it cannot be changed (IDP-5).
    email_locked: bool,
    /// What a passkey is asked, where there may be any.
    passkey: Option<Asked>,
    /// Why the attempt failed as a whole.
    pub(super) refusal: Option<String>,
    /// What is missing, field by field.
    pub(super) errors: Vec<(&'static str, &'static str)>,
    demo_hint: Option<&'a str>,
}

impl<'a> LoginPage<'a> {
    pub(super) fn new(
        connect: &'a Connect,
        waiting: &'a Waiting,
        typed_email: &'a str,
    ) -> Result<Self, Error> {
        let hint = waiting.headed().login_hint();
        Ok(Self {
            layout: Layout { base_path: connect.config().base_path() },
            waiting,
            query: waiting.query(),
            email: hint.unwrap_or(typed_email),
            email_locked: hint.is_some(),
            passkey: factors::ask_anyone(connect, waiting.id())?,
            refusal: None,
            errors: Vec::new(),
            demo_hint: connect.config().demo_hint.as_deref(),
        })
    }

    fn error(&self, field: &str) -> Option<&'static str> {
        self.errors.iter().find(|(name, _)| *name == field).map(|(_, sentence)| *sentence)
    }

    /// The address of a page that carries the request along.
    /// Where a password is chosen anew.
    fn forgot_password(&self) -> String {
        self.onwards(FORGOT_PASSWORD)
    }

    /// Where an account is asked for.
    fn register(&self) -> String {
        self.onwards(REGISTER)
    }

    fn onwards(&self, path: &str) -> String {
        let request = self.waiting.request().map(|request| format!("?request={request}"));
        format!("{}{path}{}", self.layout.base_path, request.unwrap_or_default())
    }

    pub(super) fn respond(&self, status: StatusCode) -> Result<Response, PageError> {
        let html = self.render().map_err(Error::from)?;
        let target = self.waiting.target();
        Ok(page::html_with_passkey(status, html, target.as_ref(), self.passkey.is_some()))
    }
}
