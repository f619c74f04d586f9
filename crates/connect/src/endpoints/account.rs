//! `GET /account`, `POST /account`: one's names.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use iae_server::Address;

use super::forms::{Errors, shown};
use super::holder::{Cleared, Holder};
use super::home::Done;
use crate::Connect;
use crate::accounts::names::{name, rename};
use crate::error::PageError;
use crate::page::Layout;
use crate::params::FormParams;

#[derive(Template)]
#[template(path = "connect/account.html")]
struct AccountPage<'a> {
    layout: Layout<'a>,
    given_name: &'a str,
    family_name: &'a str,
    errors: Errors,
}

pub(super) async fn get(
    State(connect): State<Connect>,
    Cleared(Holder { account, .. }): Cleared,
) -> Result<Response, PageError> {
    let page = AccountPage {
        layout: Layout { base_path: connect.config().base_path() },
        given_name: &account.given_name,
        family_name: &account.family_name,
        errors: Errors::default(),
    };
    shown(StatusCode::OK, &page, None)
}

pub(super) async fn post(
    State(connect): State<Connect>,
    Cleared(Holder { account, .. }): Cleared,
    ip: Address,
    FormParams(form): FormParams,
) -> Result<Response, PageError> {
    let mut page = AccountPage {
        layout: Layout { base_path: connect.config().base_path() },
        given_name: form.get("given_name").unwrap_or_default(),
        family_name: form.get("family_name").unwrap_or_default(),
        errors: Errors::default(),
    };
    let (given_name, family_name) = (name(page.given_name), name(page.family_name));
    if given_name.is_none() {
        page.errors.add("given_name", "Saisissez votre prénom, en lettres, sans adresse ni lien.");
    }
    if family_name.is_none() {
        page.errors.add("family_name", "Saisissez votre nom, en lettres, sans adresse ni lien.");
    }
    let (Some(given_name), Some(family_name)) = (given_name, family_name) else {
        return shown(StatusCode::UNPROCESSABLE_ENTITY, &page, None);
    };
    rename(&connect, &account, &given_name, &family_name, ip).await?;
    Ok(Redirect::to(&Done::home(&connect, Some(Done::Names))).into_response())
}
