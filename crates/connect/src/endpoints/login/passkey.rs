//! `POST /login/passkey`: a passkey, shown at the login page instead of an address and a password.

use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum_extra::extract::CookieJar;

use super::answer;
use super::page::LoginPage;
use super::waiting::Waiting;
use crate::Connect;
use crate::browser::Browser;
use crate::error::PageError;
use crate::factors;
use crate::params::FormParams;
use crate::sessions::Device;
use crate::sessions::cookie::PresentedSession;
use crate::sessions::log_in_with_passkey::{LogInWithPasskey, Outcome, log_in_with_passkey};

const REFUSED: &str = "Cette clé d’accès n’ouvre aucun compte ici, ou la page est restée ouverte longtemps. \
                       Recommencez, ou saisissez votre mot de passe.";
const OF_SOMEONE_ELSE: &str =
    "Cette clé d’accès est celle d’un autre compte que l’adresse attendue par le service qui vous envoie.";

pub(in crate::endpoints) async fn post(
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
    let refuse = |sentence: &str| -> Result<Response, PageError> {
        let mut page = LoginPage::new(&connect, &waiting, "")?;
        page.refusal = Some(sentence.to_owned());
        page.respond(StatusCode::UNPROCESSABLE_ENTITY)
    };
    let carried = form.get("asked").unwrap_or_default();
    let asked = factors::asked_of_anyone(&connect, waiting.id(), carried);
    let credential = factors::shown(form.get("answer").unwrap_or_default());
    let (Some(asked), Some(credential)) = (asked, credential) else { return refuse(REFUSED) };
    let command = LogInWithPasskey {
        headed: waiting.headed(),
        credential: &credential,
        asked: *asked,
        device: &device,
        previous: &previous,
    };
    match log_in_with_passkey(&connect, command).await? {
        Outcome::Right(admitted) => answer(&connect, cookies, admitted, &waiting),
        Outcome::Refused => refuse(REFUSED),
        Outcome::OfSomeoneElse => refuse(OF_SOMEONE_ELSE),
    }
}
