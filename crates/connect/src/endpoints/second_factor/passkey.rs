//! `POST /second-factor/passkey`: a passkey, shown after the password.

use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum_extra::extract::CookieJar;

use super::refused::over;
use super::waiting::Waiting;
use super::{SecondFactorPage, answer};
use crate::Connect;
use crate::browser::Browser;
use crate::error::PageError;
use crate::factors;
use crate::params::FormParams;
use crate::sessions::Device;
use crate::sessions::cookie::PresentedSession;
use crate::sessions::step_up::{Outcome, Second, StepUp, step_up};

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
    let asked = factors::asked_of(&connect, waiting.step.id, form.get("asked").unwrap_or_default());
    let credential = factors::shown(form.get("answer").unwrap_or_default());
    if let (Some(asked), Some(credential)) = (asked, credential) {
        let second = Second::Passkey { credential: Box::new(credential), asked };
        let command = StepUp { step: &waiting.step, second, device: &device, presented: &presented };
        match step_up(&connect, command).await? {
            Outcome::Right(admitted) => return answer(&connect, cookies, admitted, &waiting).await,
            Outcome::Over => return over(&connect, &waiting).await,
            Outcome::Wrong | Outcome::Locked { .. } => {}
        }
    }
    let mut page = SecondFactorPage::new(&connect, &waiting).await?;
    let refusal =
        "Cette clé d’accès n’est pas de votre compte, ou la page est restée ouverte longtemps. Recommencez.";
    page.refusal = Some(refusal.to_owned());
    page.respond(StatusCode::UNPROCESSABLE_ENTITY, &waiting)
}
