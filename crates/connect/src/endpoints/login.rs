//! `GET /login`, `POST /login`: the page where people type their password, or show a passkey. Who comes without the request of a
//! relying party comes for their account.

pub(super) mod over;
mod page;
pub(super) mod passkey;
mod waiting;

use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::http::header::RETRY_AFTER;
use axum::response::{IntoResponse, Response};
use axum_extra::extract::CookieJar;
use secrecy::SecretString;

use self::page::LoginPage;
use self::waiting::{Waiting, comes_for_account, home};
use super::admitted;
use crate::Connect;
use crate::accounts::normalise;
use crate::browser::Browser;
use crate::error::PageError;
use crate::params::FormParams;
use crate::sessions::Device;
use crate::sessions::admit::Admitted;
use crate::sessions::cookie::PresentedSession;
use crate::sessions::log_in::{LogIn, Outcome, log_in};

pub(super) async fn get(
    State(connect): State<Connect>,
    RawQuery(query): RawQuery,
    session: PresentedSession,
    browser: Browser,
) -> Result<Response, PageError> {
    if comes_for_account(query.as_deref()) {
        if session.find(&connect).await?.is_some() {
            return Ok(home(&connect));
        }
        return Ok(Waiting::visit(&connect, browser)?.into_response());
    }
    match Waiting::find(&connect, query, &browser).await? {
        Ok(waiting) => LoginPage::new(&connect, &waiting, "")?.respond(StatusCode::OK),
        Err(over) => Ok(over),
    }
}

pub(super) async fn post(
    State(connect): State<Connect>,
    RawQuery(query): RawQuery,
    device: Device,
    previous: PresentedSession,
    browser: Browser,
    cookies: CookieJar,
    FormParams(form): FormParams,
) -> Result<Response, PageError> {
    let waiting = match Waiting::find(&connect, query, &browser).await? {
        Ok(waiting) => waiting,
        Err(over) => return Ok(over),
    };
    let typed = form.get("email").unwrap_or_default();
    let mut page = LoginPage::new(&connect, &waiting, typed)?;
    let email = normalise(page.email);
    let password = form.get("password").unwrap_or_default();

    if email.is_empty() {
        page.errors.push(("email", "Saisissez votre adresse e-mail."));
    }
    if password.is_empty() {
        page.errors.push(("password", "Saisissez votre mot de passe."));
    }
    if !page.errors.is_empty() {
        return page.respond(StatusCode::UNPROCESSABLE_ENTITY);
    }
    let command = LogIn {
        headed: waiting.headed(),
        email: &email,
        password: SecretString::from(password),
        device: &device,
        previous: &previous,
        browser: &browser.digest().unwrap_or_default(),
    };
    match log_in(&connect, command).await? {
        Outcome::Right(admitted) => answer(&connect, cookies, admitted, &waiting),
        Outcome::Refused => {
            page.refusal = Some(
                "L’adresse e-mail ou le mot de passe est incorrect. \
                 Vérifiez votre saisie, en particulier les majuscules. \
                 Après cinq erreurs sur une adresse, il faut attendre cinq minutes."
                    .to_owned(),
            );
            page.respond(StatusCode::UNPROCESSABLE_ENTITY)
        }
        Outcome::Locked { minutes } => {
            let plural = if minutes > 1 { "s" } else { "" };
            page.refusal = Some(format!(
                "Trop de tentatives ont échoué depuis votre réseau. \
                 Par sécurité, attendez {minutes} minute{plural} avant de recommencer."
            ));
            let response = page.respond(StatusCode::TOO_MANY_REQUESTS)?;
            Ok(([(RETRY_AFTER, (minutes * 60).to_string())], response).into_response())
        }
    }
}

/// Where somebody who was admitted goes.
fn answer(
    connect: &Connect,
    cookies: CookieJar,
    admitted: Admitted,
    waiting: &Waiting,
) -> Result<Response, PageError> {
    match admitted::go_on(connect, cookies, admitted) {
        Some(response) => Ok(response),
        None => waiting.over(connect),
    }
}
