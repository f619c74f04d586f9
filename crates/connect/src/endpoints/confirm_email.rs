//! `GET /confirm-email`, `POST /confirm-email`: the link of a sign-up (IDP-12). Opening it shows a page and does nothing: the
//! machines that read mails before people do press no button.

pub(super) mod resend;

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use secrecy::SecretString;

use super::forms::{Errors, later, link, locked, shown, shown_to};
use super::let_in::{Kept, Visitor, let_in};
use super::{CONFIRM_EMAIL, REGISTER};
use crate::Connect;
use crate::accounts;
use crate::accounts::sign_up::{self, Confirmed, State as LinkState, Waiting};
use crate::browser::Browser;
use crate::error::PageError;
use crate::page::Layout;
use crate::params::FormParams;
use crate::sessions::Device;
use crate::sessions::cookie::PresentedSession;

#[derive(Template)]
#[template(path = "connect/confirm_email.html")]
struct ConfirmPage<'a> {
    layout: Layout<'a>,
    action: String,
    full_name: String,
    email: &'a str,
    /// The link was opened elsewhere than where it was asked for.
    asks_password: bool,
    errors: Errors,
}

impl<'a> ConfirmPage<'a> {
    fn new(connect: &'a Connect, waiting: &'a Waiting, link: &str, browser: &Browser) -> Self {
        let base_path = connect.config().base_path();
        Self {
            layout: Layout { base_path },
            action: format!("{base_path}{CONFIRM_EMAIL}?link={link}"),
            full_name: format!("{} {}", waiting.given_name, waiting.family_name.to_uppercase()),
            email: &waiting.email,
            asks_password: !waiting.was_asked_in(browser.digest().as_deref()),
            errors: Errors::default(),
        }
    }
}

/// The page of a link that serves no more.
#[derive(Template)]
#[template(path = "connect/confirm_email_over.html")]
struct OverPage<'a> {
    layout: Layout<'a>,
    over: Over,
    email: &'a str,
    resend: String,
    register: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Over {
    Confirmed,
    Expired,
    Taken,
}

fn over(connect: &Connect, waiting: &Waiting, link: &str, over: Over) -> Result<Response, PageError> {
    let base_path = connect.config().base_path();
    let page = OverPage {
        layout: Layout { base_path },
        over,
        email: &waiting.email,
        resend: format!("{base_path}{CONFIRM_EMAIL}/resend?link={link}"),
        register: format!("{base_path}{REGISTER}"),
    };
    let status = match over {
        Over::Confirmed => StatusCode::OK,
        Over::Expired => StatusCode::GONE,
        Over::Taken => StatusCode::CONFLICT,
    };
    shown(status, &page, None)
}

pub(super) async fn get(
    State(connect): State<Connect>,
    RawQuery(query): RawQuery,
    browser: Browser,
) -> Result<Response, PageError> {
    let link = link(query);
    let waiting = sign_up::find(&connect, &link).await?.ok_or(PageError::NotFound)?;
    match waiting.state(connect.now()) {
        LinkState::Open => {
            let kept = Kept::find(&connect, waiting.request.as_deref()).await?;
            let target = kept.and_then(|kept| kept.target(&connect, &browser));
            let page = ConfirmPage::new(&connect, &waiting, &link, &browser);
            shown_to(StatusCode::OK, &page, target.as_ref())
        }
        LinkState::Confirmed => over(&connect, &waiting, &link, Over::Confirmed),
        LinkState::Expired => over(&connect, &waiting, &link, Over::Expired),
    }
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
    let waiting = sign_up::find(&connect, &link).await?.ok_or(PageError::NotFound)?;
    match waiting.state(connect.now()) {
        LinkState::Open => {}
        LinkState::Confirmed => return over(&connect, &waiting, &link, Over::Confirmed),
        LinkState::Expired => return over(&connect, &waiting, &link, Over::Expired),
    }
    let kept = Kept::find(&connect, waiting.request.as_deref()).await?;
    let target = kept.as_ref().and_then(|kept| kept.target(&connect, &browser));
    let mut page = ConfirmPage::new(&connect, &waiting, &link, &browser);
    let password = form.get("password").unwrap_or_default();
    if page.asks_password && password.is_empty() {
        page.errors.add("password", "Saisissez le mot de passe que vous avez choisi.");
        return shown_to(StatusCode::UNPROCESSABLE_ENTITY, &page, target.as_ref());
    }
    let (digest, password) = (browser.digest(), SecretString::from(password));
    match sign_up::confirm(&connect, &waiting, digest.as_deref(), password, device.ip).await? {
        Confirmed::Opened { account_id } => {
            let account = accounts::find_active(connect.db(), account_id).await?;
            let account = account.ok_or(PageError::NotFound)?;
            let visitor = Visitor { device, previous, browser };
            let_in(&connect, &account, kept, visitor).await
        }
        Confirmed::WrongPassword => {
            page.errors.add("password", "Ce n’est pas le mot de passe choisi à l’inscription.");
            shown_to(StatusCode::UNPROCESSABLE_ENTITY, &page, target.as_ref())
        }
        Confirmed::Locked { minutes } => {
            page.errors.add("", locked(minutes));
            let answer = shown_to(StatusCode::TOO_MANY_REQUESTS, &page, target.as_ref())?;
            Ok(later(minutes, answer))
        }
        Confirmed::Taken => over(&connect, &waiting, &link, Over::Taken),
        Confirmed::Over => over(&connect, &waiting, &link, Over::Confirmed),
    }
}
