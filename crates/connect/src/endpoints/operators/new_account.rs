//! `GET /operators/new-account`, `POST`: opening an account for somebody (IDP-25). Nobody chooses a password for them.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::operating::Operating;
use super::{address, refusal};
use crate::Connect;
use crate::accounts;
use crate::accounts::names::name;
use crate::endpoints::forms::{Errors, shown};
use crate::error::PageError;
use crate::operators::{NewHolder, OperatorError, create_account};
use crate::page::Layout;
use crate::params::{FormParams, Params};

#[derive(Template)]
#[template(path = "connect/operators/new_account.html")]
struct NewAccountPage<'a> {
    layout: Layout<'a>,
    given_name: &'a str,
    family_name: &'a str,
    email: &'a str,
    errors: Errors,
}

impl<'a> NewAccountPage<'a> {
    fn new(connect: &'a Connect, typed: &'a Params) -> Self {
        Self {
            layout: Layout { base_path: connect.config().base_path() },
            given_name: typed.get("given_name").unwrap_or_default(),
            family_name: typed.get("family_name").unwrap_or_default(),
            email: typed.get("email").unwrap_or_default(),
            errors: Errors::default(),
        }
    }

    fn check(&mut self) {
        if name(self.given_name).is_none() {
            self.errors.add("given_name", "Saisissez le prénom, en lettres, sans adresse ni lien.");
        }
        if name(self.family_name).is_none() {
            self.errors.add("family_name", "Saisissez le nom, en lettres, sans adresse ni lien.");
        }
        if accounts::address(self.email).is_none() {
            self.errors.add("email", "Saisissez une adresse e-mail complète, comme nom@exemple.fr.");
        }
    }
}

pub(super) async fn get(State(connect): State<Connect>, _: Operating) -> Result<Response, PageError> {
    let nothing = Params::parse(b"");
    shown(StatusCode::OK, &NewAccountPage::new(&connect, &nothing), None)
}

pub(super) async fn post(
    State(connect): State<Connect>,
    Operating(by): Operating,
    FormParams(form): FormParams,
) -> Result<Response, PageError> {
    let mut page = NewAccountPage::new(&connect, &form);
    page.check();
    if !page.errors.is_empty() {
        return shown(StatusCode::UNPROCESSABLE_ENTITY, &page, None);
    }
    let holder = NewHolder { email: page.email, given_name: page.given_name, family_name: page.family_name };
    let mut tx = connect.db().begin().await?;
    match create_account(&mut tx, holder, by, connect.now()).await {
        Ok(id) => {
            tx.commit().await?;
            connect.emails_written().notify_one();
            let account = address(connect.config().base_path(), &id.to_string());
            Ok(Redirect::to(&account).into_response())
        }
        Err(error) => {
            tx.rollback().await?;
            let taken = matches!(error, OperatorError::AddressTaken);
            page.errors.add(if taken { "email" } else { "" }, refusal(error)?);
            shown(StatusCode::UNPROCESSABLE_ENTITY, &page, None)
        }
    }
}
