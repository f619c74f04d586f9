//! `GET /register`, `POST /register`: asking for an account (IDP-11).
//!
//! A relying party may send people here as it sends them to `/authorize`, with the same parameters: it is answered as there, with
//! `prompt=create` (Initiating User Registration via OpenID Connect 1.0).

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use iae_server::Address;
use secrecy::SecretString;

use super::forms::{Asking, Errors, TOO_MANY_MAILS, action, later, shown};
use super::mail_sent::{self, mail_sent};
use super::{REGISTER, authorize};
use crate::Connect;
use crate::accounts::names::name;
use crate::accounts::sign_up::{self, SignUp};
use crate::accounts::{self, Personal};
use crate::browser::Browser;
use crate::emails::{self, Asked};
use crate::error::PageError;
use crate::page::Layout;
use crate::params::{FormParams, Params};
use crate::sessions::Device;
use crate::sessions::cookie::PresentedSession;

#[derive(Template)]
#[template(path = "connect/register.html")]
struct RegisterPage<'a> {
    layout: Layout<'a>,
    action: String,
    given_name: &'a str,
    family_name: &'a str,
    email: &'a str,
    /// The relying party named the address: it cannot be changed (IDP-5).
    email_locked: bool,
    /// It said who they are as well: that cannot be changed here either.
    names_locked: bool,
    accepted: bool,
    errors: Errors,
}

impl<'a> RegisterPage<'a> {
    fn new(connect: &'a Connect, asking: Option<&'a Asking>, typed: &'a Params) -> Self {
        let base_path = connect.config().base_path();
        let request = asking.map(|asking| &asking.pending.request);
        let hint = request.and_then(|request| request.login_hint.as_deref());
        let names = request
            .and_then(|request| Some((request.given_name.as_deref()?, request.family_name.as_deref()?)));
        let typed_name = |field| typed.get(field).unwrap_or_default();
        let (given_name, family_name) =
            names.unwrap_or_else(|| (typed_name("given_name"), typed_name("family_name")));
        Self {
            layout: Layout { base_path },
            action: action(base_path, REGISTER, asking),
            given_name,
            family_name,
            email: hint.or(typed.get("email")).unwrap_or_default(),
            email_locked: hint.is_some(),
            names_locked: names.is_some(),
            accepted: typed.get("terms").is_some(),
            errors: Errors::default(),
        }
    }

    /// Who signs up, when all of it can be; otherwise the errors say why not.
    fn read(&mut self, password: &str, again: &str) -> Option<(String, String, String)> {
        let given_name = name(self.given_name);
        if given_name.is_none() {
            self.errors.add("given_name", "Saisissez votre prénom, en lettres, sans adresse ni lien.");
        }
        let family_name = name(self.family_name);
        if family_name.is_none() {
            self.errors.add("family_name", "Saisissez votre nom, en lettres, sans adresse ni lien.");
        }
        let email = accounts::address(self.email);
        if email.is_none() {
            self.errors.add("email", "Saisissez une adresse e-mail complète, comme nom@exemple.fr.");
        }
        self.errors.check_pair(password, again);
        if let (Some(given_name), Some(family_name), Some(email)) = (&given_name, &family_name, &email)
            && !password.is_empty()
            && let Err(weak) =
                sign_up::check_password(&password.into(), Personal { email, given_name, family_name })
        {
            self.errors.add("password", weak.sentence());
        }
        if !self.accepted {
            self.errors.add("terms", "Pour ouvrir un compte, acceptez les conditions d’utilisation.");
        }
        let person = (given_name?, family_name?, email?);
        self.errors.is_empty().then_some(person)
    }
}

pub(super) async fn get(
    State(connect): State<Connect>,
    RawQuery(query): RawQuery,
    device: Device,
    session: PresentedSession,
    browser: Browser,
) -> Result<Response, PageError> {
    let params = Params::parse(query.as_deref().unwrap_or_default().as_bytes());
    if params.get("client_id").is_some() {
        return authorize::answer(&connect, &params.with("prompt", "create"), &device, &session, browser)
            .await;
    }
    let asking = Asking::find(&connect, query.as_deref(), &browser);
    let typed = Params::parse(b"");
    shown(StatusCode::OK, &RegisterPage::new(&connect, asking.as_ref(), &typed), None)
}

pub(super) async fn post(
    State(connect): State<Connect>,
    RawQuery(query): RawQuery,
    ip: Address,
    browser: Browser,
    FormParams(form): FormParams,
) -> Result<Response, PageError> {
    let asking = Asking::find(&connect, query.as_deref(), &browser);
    let mut page = RegisterPage::new(&connect, asking.as_ref(), &form);
    let password = form.get("password").unwrap_or_default();
    let person = page.read(password, form.get("password_again").unwrap_or_default());
    let Some((given_name, family_name, email)) = person else {
        return shown(StatusCode::UNPROCESSABLE_ENTITY, &page, None);
    };
    let (browser, cookies) = browser.known(connect.config())?;
    let command = SignUp {
        person: Personal { email: &email, given_name: &given_name, family_name: &family_name },
        password: SecretString::from(password),
        browser: &browser,
        request: asking.as_ref().map(|asking| asking.carried.as_str()),
        ip,
    };
    match sign_up::ask(&connect, command).await? {
        Asked::Told => {
            let sent = mail_sent(&connect, mail_sent::Asked::Account, &email, &page.action)?;
            Ok((cookies, sent).into_response())
        }
        Asked::TooMany => {
            page.errors.add("", TOO_MANY_MAILS);
            let answer = shown(StatusCode::TOO_MANY_REQUESTS, &page, None)?;
            Ok(later(emails::WINDOW.num_minutes(), answer))
        }
    }
}
