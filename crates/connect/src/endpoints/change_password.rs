//! `GET /password`, `POST /password`: one's password, changed because one wants to (IDP-15), or has to (IDP-16).

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use secrecy::SecretString;

use super::PASSWORD;
use super::forms::{Asking, Errors, action, later, locked, shown};
use super::home::Done;
use super::let_in::resume;
use super::owner::Owner;
use crate::Connect;
use crate::accounts::change_password::{Changed, change_password};
use crate::accounts::{self, RequiredAction};
use crate::browser::Browser;
use crate::error::PageError;
use crate::page::Layout;
use crate::params::FormParams;

#[derive(Template)]
#[template(path = "connect/change_password.html")]
struct PasswordPage<'a> {
    layout: Layout<'a>,
    action: String,
    email: &'a str,
    /// The password is too weak: nothing else opens until it changes.
    is_due: bool,
    errors: Errors,
}

impl<'a> PasswordPage<'a> {
    async fn new(connect: &'a Connect, owner: &'a Owner, asking: Option<&Asking>) -> Result<Self, PageError> {
        let mut db = connect.db().acquire().await?;
        let due = accounts::required(connect, &mut db, owner.account.id).await?;
        let base_path = connect.config().base_path();
        Ok(Self {
            layout: Layout { base_path },
            action: action(base_path, PASSWORD, asking),
            email: &owner.account.email,
            is_due: due == Some(RequiredAction::ChangePassword),
            errors: Errors::default(),
        })
    }
}

pub(super) async fn get(
    State(connect): State<Connect>,
    RawQuery(query): RawQuery,
    owner: Owner,
    browser: Browser,
) -> Result<Response, PageError> {
    let asking = Asking::find(&connect, query.as_deref(), &browser);
    let page = PasswordPage::new(&connect, &owner, asking.as_ref()).await?;
    shown(StatusCode::OK, &page, asking.as_ref().map(|asking| &asking.pending.request))
}

pub(super) async fn post(
    State(connect): State<Connect>,
    RawQuery(query): RawQuery,
    owner: Owner,
    browser: Browser,
    FormParams(form): FormParams,
) -> Result<Response, PageError> {
    let asking = Asking::find(&connect, query.as_deref(), &browser);
    let pending = asking.as_ref().map(|asking| &asking.pending);
    let request = pending.map(|pending| &pending.request);
    let mut page = PasswordPage::new(&connect, &owner, asking.as_ref()).await?;
    let current = form.get("current_password").unwrap_or_default();
    let password = form.get("password").unwrap_or_default();
    if current.is_empty() {
        page.errors.add("current_password", "Saisissez votre mot de passe actuel.");
    }
    page.errors.check_pair(password, form.get("password_again").unwrap_or_default());
    if !page.errors.is_empty() {
        return shown(StatusCode::UNPROCESSABLE_ENTITY, &page, request);
    }
    let (current, new) = (SecretString::from(current), SecretString::from(password));
    let Owner { account, session, presented, device } = &owner;
    match change_password(&connect, account, session, current, new, device.ip).await? {
        Changed::Done => return resume(&connect, presented, pending, device, Done::Password).await,
        Changed::WrongPassword => {
            page.errors.add("current_password", "Ce n’est pas votre mot de passe actuel.");
        }
        Changed::Locked { minutes } => {
            page.errors.add("", locked(minutes));
            return Ok(later(minutes, shown(StatusCode::TOO_MANY_REQUESTS, &page, request)?));
        }
        Changed::Same => page.errors.add("password", "Choisissez un autre mot de passe que l’actuel."),
        Changed::Weak(weak) => page.errors.add("password", weak.sentence()),
        Changed::Over => {
            page.errors.add("", "Votre mot de passe a changé entre-temps, depuis un autre appareil.");
            return shown(StatusCode::CONFLICT, &page, request);
        }
    }
    shown(StatusCode::UNPROCESSABLE_ENTITY, &page, request)
}
