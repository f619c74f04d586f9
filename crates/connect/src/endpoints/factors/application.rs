//! `GET /factors/application`, `POST /factors/application`: adding an application that gives codes (IDP-16, AUT-22).

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
use crate::endpoints::forms::{Asking, Errors, action, shown};
use crate::error::PageError;
use crate::factors::{self, Added, Enrolment, New};
use crate::page::Layout;
use crate::params::FormParams;

const PATH: &str = "/factors/application";

#[derive(Template)]
#[template(path = "connect/factor_application.html")]
struct ApplicationPage<'a> {
    layout: Layout<'a>,
    action: String,
    back: String,
    picture: String,
    address: String,
    key: String,
    /// The secret shared, sealed.
    enrolment: String,
    called: &'a str,
    errors: Errors,
}

impl<'a> ApplicationPage<'a> {
    fn new(
        connect: &'a Connect,
        account: &Account,
        asking: Option<&Asking>,
        enrolment: &Enrolment,
        called: &'a str,
    ) -> Result<Self, PageError> {
        let base_path = connect.config().base_path();
        Ok(Self {
            layout: Layout { base_path },
            action: action(base_path, PATH, asking),
            back: action(base_path, FACTORS, asking),
            picture: enrolment.picture(&account.email)?,
            address: enrolment.address(&account.email)?.into(),
            key: enrolment.key(),
            enrolment: enrolment.seal(connect, account.id)?,
            called,
            errors: Errors::default(),
        })
    }
}

pub(in crate::endpoints) async fn get(
    State(connect): State<Connect>,
    RawQuery(query): RawQuery,
    Owner { account, .. }: Owner,
    browser: Browser,
) -> Result<Response, PageError> {
    let asking = Asking::find(&connect, query.as_deref(), &browser);
    let enrolment = Enrolment::begin(connect.now())?;
    let page = ApplicationPage::new(&connect, &account, asking.as_ref(), &enrolment, "Mon téléphone")?;
    shown(StatusCode::OK, &page, asking.as_ref().map(|asking| &asking.pending.request))
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
    let carried = form.get("enrolment").unwrap_or_default();
    let Some(enrolment) = Enrolment::open(&connect, account.id, carried) else {
        // It served too long: another is begun.
        let again = action(connect.config().base_path(), PATH, asking.as_ref());
        return Ok(Redirect::to(&again).into_response());
    };
    let typed = form.get("name").unwrap_or_default();
    let mut page = ApplicationPage::new(&connect, &account, asking.as_ref(), &enrolment, typed)?;
    let name = name(Some(typed));
    if name.is_none() {
        page.errors.add("name", "Donnez un nom à cette application, de 60 caractères au plus.");
    }
    let code = form.get("code").unwrap_or_default();
    if code.trim().is_empty() {
        page.errors.add("code", "Saisissez le code à six chiffres que montre votre application.");
    }
    if let Some(name) = name.filter(|_| page.errors.is_empty()) {
        let new = New::Application { enrolment: &enrolment, code };
        match factors::add(&connect, account.id, &presented, new, &name, device.ip).await? {
            Added::Done { session, backup_codes } => {
                return added(&connect, cookies, session, backup_codes, asking.as_ref());
            }
            Added::Over => return Ok(Redirect::to(&page.back).into_response()),
            Added::Wrong => page.errors.add(
                "code",
                "Ce code n’est pas le bon. Attendez que l’application en montre un autre, et vérifiez l’heure de votre \
                 téléphone.",
            ),
            Added::NameTaken => page.errors.add("name", "Une autre de vos applications porte déjà ce nom."),
            Added::TooMany => page.errors.add("", TOO_MANY),
        }
    }
    shown(StatusCode::UNPROCESSABLE_ENTITY, &page, asking.as_ref().map(|asking| &asking.pending.request))
}
