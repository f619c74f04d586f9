//! `GET /second-factor`, `POST /second-factor`: the second factor of who has one, after the password.

pub(super) mod backup_code;
pub(super) mod passkey;
mod refused;
mod waiting;

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum_extra::extract::CookieJar;

use self::refused::{locked, over, refused};
use self::waiting::Waiting;
use super::admitted;
use crate::Connect;
use crate::browser::Browser;
use crate::error::{Error, PageError};
use crate::factors::{self, Asked, Kind};
use crate::page::{self, Layout};
use crate::params::FormParams;
use crate::sessions::Device;
use crate::sessions::admit::Admitted;
use crate::sessions::cookie::PresentedSession;
use crate::sessions::step_up::{Outcome, Second, StepUp, step_up};

#[derive(Template)]
#[template(path = "connect/second_factor.html")]
struct SecondFactorPage<'a> {
    layout: Layout<'a>,
    step: &'a str,
    has_application: bool,
    has_backup_codes: bool,
    /// What a passkey is asked, when the account has any.
    passkey: Option<Asked>,
    error: Option<String>,
    /// Why the attempt failed as a whole.
    refusal: Option<String>,
}

impl<'a> SecondFactorPage<'a> {
    async fn new(connect: &'a Connect, waiting: &'a Waiting) -> Result<Self, Error> {
        let account_id = waiting.step.account_id;
        let known = factors::find(connect, account_id).await?;
        let passkey = factors::ask_of(connect, account_id, waiting.step.id).await?;
        Ok(Self {
            layout: Layout { base_path: connect.config().base_path() },
            step: &waiting.carried,
            has_application: known.has(Kind::Application),
            has_backup_codes: known.backup_codes > 0,
            passkey,
            error: None,
            refusal: None,
        })
    }

    fn respond(&self, status: StatusCode, waiting: &Waiting) -> Result<Response, PageError> {
        let html = self.render().map_err(Error::from)?;
        Ok(page::html_with_passkey(status, html, waiting.target.as_ref(), self.passkey.is_some()))
    }
}

pub(super) async fn get(
    State(connect): State<Connect>,
    RawQuery(query): RawQuery,
    browser: Browser,
) -> Result<Response, PageError> {
    match Waiting::find(&connect, query, &browser).await? {
        Ok(waiting) => SecondFactorPage::new(&connect, &waiting).await?.respond(StatusCode::OK, &waiting),
        Err(over) => Ok(over),
    }
}

pub(super) async fn post(
    State(connect): State<Connect>,
    RawQuery(query): RawQuery,
    device: Device,
    presented: PresentedSession,
    browser: Browser,
    cookies: CookieJar,
    FormParams(form): FormParams,
) -> Result<Response, PageError> {
    let waiting = match Waiting::find(&connect, query, &browser).await? {
        Ok(waiting) => waiting,
        Err(over) => return Ok(over),
    };
    let code = form.get("code").unwrap_or_default();
    if code.trim().is_empty() {
        let mut page = SecondFactorPage::new(&connect, &waiting).await?;
        page.error = Some("Saisissez le code à six chiffres que montre votre application.".to_owned());
        return page.respond(StatusCode::UNPROCESSABLE_ENTITY, &waiting);
    }
    let command =
        StepUp { step: &waiting.step, second: Second::Code(code), device: &device, presented: &presented };
    let minutes = match step_up(&connect, command).await? {
        Outcome::Right(admitted) => return answer(&connect, cookies, admitted, &waiting).await,
        Outcome::Over => return over(&connect, &waiting).await,
        Outcome::Wrong => None,
        Outcome::Locked { minutes } => Some(minutes),
    };
    let mut page = SecondFactorPage::new(&connect, &waiting).await?;
    page.error = Some(match minutes {
        None => {
            "Ce code n’est pas le bon, ou il a déjà servi. Attendez que l’application en montre un autre. \
                 S’ils sont tous refusés, vérifiez l’heure de votre téléphone."
                .to_owned()
        }
        Some(minutes) => locked(minutes),
    });
    refused(minutes, |status| page.respond(status, &waiting))
}

/// Where somebody who was admitted goes.
async fn answer(
    connect: &Connect,
    cookies: CookieJar,
    admitted: Admitted,
    waiting: &Waiting,
) -> Result<Response, PageError> {
    match admitted::go_on(connect, cookies, admitted) {
        Some(response) => Ok(response),
        None => over(connect, waiting).await,
    }
}
