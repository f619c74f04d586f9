//! `GET /email`, `POST /email`: asking for another address (IDP-13). The same answer whether it is somebody's or not.

pub(super) mod cancellation;
pub(super) mod confirmation;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use secrecy::SecretString;

use super::EMAIL;
use super::forms::{Errors, TOO_MANY_MAILS, later, locked, shown};
use super::holder::Cleared;
use super::mail_sent::{self, mail_sent};
use super::owner::Owner;
use crate::Connect;
use crate::accounts::email_change::{Asked, ask};
use crate::accounts::{self, Account};
use crate::emails;
use crate::error::PageError;
use crate::page::Layout;
use crate::params::FormParams;

#[derive(Template)]
#[template(path = "connect/change_email.html")]
struct EmailPage<'a> {
    layout: Layout<'a>,
    current: &'a str,
    email: &'a str,
    errors: Errors,
}

impl<'a> EmailPage<'a> {
    fn new(connect: &'a Connect, account: &'a Account, email: &'a str) -> Self {
        let layout = Layout { base_path: connect.config().base_path() };
        Self { layout, current: &account.email, email, errors: Errors::default() }
    }
}

pub(super) async fn get(
    State(connect): State<Connect>,
    _: Cleared,
    Owner { account, .. }: Owner,
) -> Result<Response, PageError> {
    shown(StatusCode::OK, &EmailPage::new(&connect, &account, ""), None)
}

pub(super) async fn post(
    State(connect): State<Connect>,
    _: Cleared,
    Owner { account, device, .. }: Owner,
    FormParams(form): FormParams,
) -> Result<Response, PageError> {
    let mut page = EmailPage::new(&connect, &account, form.get("email").unwrap_or_default());
    let password = form.get("current_password").unwrap_or_default();
    let email = accounts::address(page.email);
    match email.as_deref() {
        None => page.errors.add("email", "Saisissez une adresse e-mail complète, comme nom@exemple.fr."),
        Some(email) if email == account.email => page.errors.add("email", "C’est déjà votre adresse."),
        Some(_) => {}
    }
    if password.is_empty() {
        page.errors.add("current_password", "Saisissez votre mot de passe.");
    }
    let (Some(email), true) = (email, page.errors.is_empty()) else {
        return shown(StatusCode::UNPROCESSABLE_ENTITY, &page, None);
    };
    match ask(&connect, &account, &email, SecretString::from(password), device.ip).await? {
        Asked::Told => {
            let again = format!("{}{EMAIL}", connect.config().base_path());
            mail_sent(&connect, mail_sent::Asked::Email, &email, &again)
        }
        Asked::WrongPassword => {
            page.errors.add("current_password", "Ce n’est pas votre mot de passe.");
            shown(StatusCode::UNPROCESSABLE_ENTITY, &page, None)
        }
        Asked::Locked { minutes } => {
            page.errors.add("", locked(minutes));
            Ok(later(minutes, shown(StatusCode::TOO_MANY_REQUESTS, &page, None)?))
        }
        Asked::TooMany => {
            page.errors.add("", TOO_MANY_MAILS);
            let answer = shown(StatusCode::TOO_MANY_REQUESTS, &page, None)?;
            Ok(later(emails::WINDOW.num_minutes(), answer))
        }
    }
}
