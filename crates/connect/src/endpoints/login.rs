//! `GET /login`, `POST /login`: the page where people type their password.

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::http::header::RETRY_AFTER;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use iae_server::Address;
use secrecy::SecretString;

use crate::accounts::normalise;
use crate::browser::Browser;
use crate::error::{Error, PageError};
use crate::grants::{self, Asker, AuthorizationRequest, Pending};
use crate::page::{self, Layout};
use crate::params::{FormParams, Params};
use crate::sessions::cookie::{self, PresentedSession};
use crate::sessions::log_in::{LogIn, Outcome, log_in};
use crate::{Config, Connect};

#[derive(Template)]
#[template(path = "connect/login.html")]
struct LoginPage<'a> {
    layout: Layout<'a>,
    request: &'a str,
    client_name: &'a str,
    email: &'a str,
    /// The relying party named the address: it cannot be changed (IDP-5).
    email_locked: bool,
    /// Why the attempt failed as a whole.
    refusal: Option<String>,
    /// What is missing, field by field.
    errors: Vec<(&'static str, &'static str)>,
    demo_hint: Option<&'a str>,
}

impl<'a> LoginPage<'a> {
    fn new(config: &'a Config, waiting: &'a Waiting, typed_email: &'a str) -> Self {
        let hint = waiting.pending.request.login_hint.as_deref();
        Self {
            layout: Layout { base_path: config.base_path() },
            request: &waiting.carried,
            client_name: &waiting.client_name,
            email: hint.unwrap_or(typed_email),
            email_locked: hint.is_some(),
            refusal: None,
            errors: Vec::new(),
            demo_hint: config.demo_hint.as_deref(),
        }
    }

    fn error(&self, field: &str) -> Option<&'static str> {
        self.errors.iter().find(|(name, _)| *name == field).map(|(_, sentence)| *sentence)
    }

    fn respond(&self, status: StatusCode, request: &AuthorizationRequest) -> Result<Response, PageError> {
        let html = self.render().map_err(Error::from)?;
        Ok(page::html_with_form_to(status, html, request.return_address.url().as_ref()))
    }
}

/// The relying party's request that the page answers.
struct Waiting {
    pending: Pending,
    /// As the address of the page carries it.
    carried: String,
    client_name: String,
}

/// The page that is shown when there is nothing to answer any more: the request was answered, waited for too long, or
/// was made in another browser.
#[derive(Template)]
#[template(path = "connect/login_over.html")]
struct LoginOver<'a> {
    layout: Layout<'a>,
    /// Who asked, when it is still known, and where they are found.
    client: Option<(String, String)>,
}

impl LoginOver<'_> {
    fn respond(
        config: &Config,
        asked: Option<(String, &AuthorizationRequest)>,
    ) -> Result<Response, PageError> {
        let client = asked.and_then(|(name, request)| {
            let origin = request.return_address.url()?.origin();
            origin.is_tuple().then(|| (name, origin.ascii_serialization()))
        });
        let page = LoginOver { layout: Layout { base_path: config.base_path() }, client };
        Ok(page::html(StatusCode::GONE, page.render().map_err(Error::from)?))
    }
}

impl Waiting {
    /// What the page answers, or the page that says why there is nothing to.
    async fn find(
        connect: &Connect,
        query: Option<String>,
        browser: &Browser,
    ) -> Result<Result<Self, Response>, PageError> {
        let params = Params::parse(query.unwrap_or_default().as_bytes());
        let carried = params.get("request").unwrap_or_default().to_owned();
        let Some(pending) = Pending::open(connect.secret(), &carried) else {
            return Ok(Err(LoginOver::respond(connect.config(), None)?));
        };
        let Some(Asker { client_name, answered }) = grants::find_asker(connect.db(), &pending).await? else {
            return Ok(Err(LoginOver::respond(connect.config(), None)?));
        };
        if !answered && pending.is_open(browser.digest().as_deref(), connect.now()) {
            return Ok(Ok(Self { pending, carried, client_name }));
        }
        Ok(Err(LoginOver::respond(connect.config(), Some((client_name, &pending.request)))?))
    }
}

pub(super) async fn get(
    State(connect): State<Connect>,
    RawQuery(query): RawQuery,
    browser: Browser,
) -> Result<Response, PageError> {
    match Waiting::find(&connect, query, &browser).await? {
        Ok(waiting) => {
            LoginPage::new(connect.config(), &waiting, "").respond(StatusCode::OK, &waiting.pending.request)
        }
        Err(over) => Ok(over),
    }
}

pub(super) async fn post(
    State(connect): State<Connect>,
    RawQuery(query): RawQuery,
    ip: Address,
    previous: PresentedSession,
    browser: Browser,
    cookies: CookieJar,
    FormParams(form): FormParams,
) -> Result<Response, PageError> {
    let waiting = match Waiting::find(&connect, query, &browser).await? {
        Ok(waiting) => waiting,
        Err(over) => return Ok(over),
    };
    let request = &waiting.pending.request;
    let typed = form.get("email").unwrap_or_default();
    let mut page = LoginPage::new(connect.config(), &waiting, typed);
    let email = normalise(page.email);
    let password = form.get("password").unwrap_or_default();

    if email.is_empty() {
        page.errors.push(("email", "Saisissez votre adresse e-mail."));
    }
    if password.is_empty() {
        page.errors.push(("password", "Saisissez votre mot de passe."));
    }
    if !page.errors.is_empty() {
        return page.respond(StatusCode::UNPROCESSABLE_ENTITY, request);
    }
    let password = SecretString::from(password);
    let command = LogIn { pending: &waiting.pending, email: &email, password, ip, previous };
    match log_in(&connect, command).await? {
        Outcome::LoggedIn { session, redirect } => {
            let cookies = cookies.add(cookie::set(connect.config(), &session));
            Ok((cookies, Redirect::to(&redirect)).into_response())
        }
        Outcome::PageUsed => LoginOver::respond(connect.config(), Some((waiting.client_name, request))),
        Outcome::Refused => {
            page.refusal = Some(
                "L’adresse e-mail ou le mot de passe est incorrect. \
                 Vérifiez votre saisie, en particulier les majuscules. \
                 Après cinq erreurs sur une adresse, il faut attendre cinq minutes."
                    .to_owned(),
            );
            page.respond(StatusCode::UNPROCESSABLE_ENTITY, request)
        }
        Outcome::Locked { minutes } => {
            let plural = if minutes > 1 { "s" } else { "" };
            page.refusal = Some(format!(
                "Trop de tentatives ont échoué depuis votre réseau. \
                 Par sécurité, attendez {minutes} minute{plural} avant de recommencer."
            ));
            let response = page.respond(StatusCode::TOO_MANY_REQUESTS, request)?;
            Ok(([(RETRY_AFTER, (minutes * 60).to_string())], response).into_response())
        }
    }
}
