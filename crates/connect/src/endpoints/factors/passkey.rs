//! `GET /factors/passkey`, `POST /factors/passkey`: adding a passkey.

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;

use super::{Owner, TOO_MANY, added, name};
use crate::Connect;
use crate::accounts::Account;
use crate::browser::Browser;
use crate::endpoints::FACTORS;
use crate::endpoints::forms::{Asking, Errors, action};
use crate::error::{Error, PageError};
use crate::factors::{self, Added, Asked, New};
use crate::page::{self, Layout};
use crate::params::FormParams;

const PATH: &str = "/factors/passkey";

#[derive(Template)]
#[template(path = "connect/factor_passkey.html")]
struct PasskeyPage<'a> {
    layout: Layout<'a>,
    action: String,
    back: String,
    application: String,
    asked: Asked,
    called: &'a str,
    errors: Errors,
}

impl<'a> PasskeyPage<'a> {
    /// There is none where no passkey can be made.
    async fn new(
        connect: &'a Connect,
        account: &Account,
        asking: Option<&Asking>,
        called: &'a str,
    ) -> Result<Self, PageError> {
        let base_path = connect.config().base_path();
        let asked = factors::ask_to_add(connect, account).await?.ok_or(PageError::NotFound)?;
        Ok(Self {
            layout: Layout { base_path },
            action: action(base_path, PATH, asking),
            back: action(base_path, FACTORS, asking),
            application: action(base_path, &format!("{FACTORS}/application"), asking),
            asked,
            called,
            errors: Errors::default(),
        })
    }

    /// The form may end at the relying party that asked for the second factor.
    fn respond(&self, status: StatusCode, asking: Option<&Asking>) -> Result<Response, PageError> {
        let html = self.render().map_err(Error::from)?;
        let target = asking.and_then(|asking| asking.pending.request.return_address.url());
        Ok(page::html_with_passkey(status, html, target.as_ref(), true))
    }
}

pub(in crate::endpoints) async fn get(
    State(connect): State<Connect>,
    RawQuery(query): RawQuery,
    Owner { account, .. }: Owner,
    browser: Browser,
) -> Result<Response, PageError> {
    let asking = Asking::find(&connect, query.as_deref(), &browser);
    let page = PasskeyPage::new(&connect, &account, asking.as_ref(), "Cet appareil").await?;
    page.respond(StatusCode::OK, asking.as_ref())
}

pub(in crate::endpoints) async fn post(
    State(connect): State<Connect>,
    RawQuery(query): RawQuery,
    Owner { account, presented, device, .. }: Owner,
    browser: Browser,
    cookies: CookieJar,
    FormParams(form): FormParams,
) -> Result<Response, PageError> {
    let asking = Asking::find(&connect, query.as_deref(), &browser);
    let typed = form.get("name").unwrap_or_default();
    let mut page = PasskeyPage::new(&connect, &account, asking.as_ref(), typed).await?;
    let Some(name) = name(Some(typed)) else {
        page.errors.add("name", "Donnez un nom à cette clé d’accès, de 60 caractères au plus.");
        return page.respond(StatusCode::UNPROCESSABLE_ENTITY, asking.as_ref());
    };
    let new = New::Passkey {
        asked: form.get("asked").unwrap_or_default(),
        answer: form.get("answer").unwrap_or_default(),
    };
    match factors::add(&connect, account.id, &presented, new, &name, device.ip).await? {
        Added::Done { session, backup_codes } => {
            return added(&connect, cookies, session, backup_codes, asking.as_ref());
        }
        Added::Over | Added::NameTaken => return Ok(Redirect::to(&page.back).into_response()),
        Added::Wrong => page.errors.add(
            "",
            "La clé d’accès n’a pas pu être enregistrée, ou la page est restée ouverte longtemps. Recommencez.",
        ),
        Added::TooMany => page.errors.add("", TOO_MANY),
    }
    page.respond(StatusCode::UNPROCESSABLE_ENTITY, asking.as_ref())
}
