//! `GET /second-factor/backup-code`, `POST /second-factor/backup-code`: a code kept for the day the telephone is not at hand.

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum_extra::extract::CookieJar;

use super::answer;
use super::refused::{locked, over, refused};
use super::waiting::Waiting;
use crate::Connect;
use crate::browser::Browser;
use crate::error::{Error, PageError};
use crate::page::{self, Layout};
use crate::params::FormParams;
use crate::sessions::Device;
use crate::sessions::cookie::PresentedSession;
use crate::sessions::step_up::{Outcome, Second, StepUp, step_up};

#[derive(Template)]
#[template(path = "connect/backup_code.html")]
struct BackupCodePage<'a> {
    layout: Layout<'a>,
    step: &'a str,
    error: Option<String>,
}

impl<'a> BackupCodePage<'a> {
    fn new(connect: &'a Connect, waiting: &'a Waiting, error: Option<String>) -> Self {
        let layout = Layout { base_path: connect.config().base_path() };
        Self { layout, step: &waiting.carried, error }
    }

    fn respond(&self, status: StatusCode, waiting: &Waiting) -> Result<Response, PageError> {
        let html = self.render().map_err(Error::from)?;
        Ok(page::html_with_form_to(status, html, waiting.target.as_ref()))
    }
}

pub(in crate::endpoints) async fn get(
    State(connect): State<Connect>,
    RawQuery(query): RawQuery,
    browser: Browser,
) -> Result<Response, PageError> {
    match Waiting::find(&connect, query, &browser).await? {
        Ok(waiting) => BackupCodePage::new(&connect, &waiting, None).respond(StatusCode::OK, &waiting),
        Err(over) => Ok(over),
    }
}

pub(in crate::endpoints) async fn post(
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
        let error = "Saisissez l’un de vos codes de secours.".to_owned();
        let page = BackupCodePage::new(&connect, &waiting, Some(error));
        return page.respond(StatusCode::UNPROCESSABLE_ENTITY, &waiting);
    }
    let second = Second::BackupCode(code);
    let command = StepUp { step: &waiting.step, second, device: &device, presented: &presented };
    let (minutes, error) = match step_up(&connect, command).await? {
        Outcome::Right(admitted) => return answer(&connect, cookies, admitted, &waiting).await,
        Outcome::Over => return over(&connect, &waiting).await,
        Outcome::Wrong => {
            (None, "Ce code n’est pas l’un des vôtres, ou il a déjà servi. Essayez le suivant.".to_owned())
        }
        Outcome::Locked { minutes } => (Some(minutes), locked(minutes)),
    };
    let page = BackupCodePage::new(&connect, &waiting, Some(error));
    refused(minutes, |status| page.respond(status, &waiting))
}
