//! `GET /operators`, `POST /operators`: looking for an account (IDP-25). The address that is looked for is posted: it stands in no
//! address of a page.

mod account;
mod act;
mod acts;
mod client;
mod clients;
mod new_account;
mod operating;

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing;
use chrono::{DateTime, Utc};

use self::operating::Operating;
use super::forms::{Errors, shown};
use super::routes::tolerant;
use super::{OPERATORS, OPERATORS_CLIENTS};
use crate::Connect;
use crate::error::PageError;
use crate::operators::{AccountRow, OperatorError, find_accounts};
use crate::page::Layout;
use crate::params::FormParams;

/// The least that is looked for: less gives everybody.
const SHORTEST: usize = 3;

/// Every page of operators.
pub(super) fn routes() -> Router<Connect> {
    Router::new()
        .merge(tolerant(OPERATORS, routing::get(get).post(post)))
        .merge(tolerant("/operators/new-account", routing::get(new_account::get).post(new_account::post)))
        .merge(tolerant("/operators/accounts/{id}", routing::get(account::get)))
        .merge(tolerant("/operators/accounts/{id}/{act}", routing::get(act::get).post(act::post)))
        .merge(tolerant(OPERATORS_CLIENTS, routing::get(clients::get)))
        .merge(tolerant("/operators/clients/edit", routing::get(client::get).post(client::post)))
}

#[derive(Template)]
#[template(path = "connect/operators/accounts.html")]
struct AccountsPage<'a> {
    layout: Layout<'a>,
    typed: &'a str,
    /// What was found, once something was looked for.
    found: Option<Vec<AccountRow>>,
    errors: Errors,
}

impl<'a> AccountsPage<'a> {
    fn new(connect: &'a Connect, typed: &'a str) -> Self {
        let layout = Layout { base_path: connect.config().base_path() };
        Self { layout, typed, found: None, errors: Errors::default() }
    }

    fn address(&self, row: &AccountRow) -> String {
        address(self.layout.base_path, &row.id.to_string())
    }
}

/// Where the page of an account is.
fn address(base_path: &str, id: &str) -> String {
    format!("{base_path}{OPERATORS}/accounts/{id}")
}

async fn get(State(connect): State<Connect>, _: Operating) -> Result<Response, PageError> {
    shown(StatusCode::OK, &AccountsPage::new(&connect, ""), None)
}

async fn post(
    State(connect): State<Connect>,
    _: Operating,
    FormParams(form): FormParams,
) -> Result<Response, PageError> {
    let mut page = AccountsPage::new(&connect, form.get("email").unwrap_or_default());
    if page.typed.trim().chars().count() < SHORTEST {
        page.errors.add("email", "Saisissez trois caractères au moins de l’adresse.");
        return shown(StatusCode::UNPROCESSABLE_ENTITY, &page, None);
    }
    let found = find_accounts(connect.db(), page.typed).await?;
    if let [only] = found.as_slice() {
        return Ok(Redirect::to(&page.address(only)).into_response());
    }
    page.found = Some(found);
    shown(StatusCode::OK, &page, None)
}

/// An instant, as operators read it.
fn instant(at: DateTime<Utc>) -> String {
    at.format("%d/%m/%Y à %H:%M (UTC)").to_string()
}

/// What a page says of an act that was refused; our own failures are the page of errors'.
fn refusal(error: OperatorError) -> Result<String, PageError> {
    match error {
        OperatorError::UnknownAccount => Err(PageError::NotFound),
        OperatorError::Failed(error) => Err(PageError::Failed(error)),
        OperatorError::InvalidAddress
        | OperatorError::InvalidName
        | OperatorError::AddressTaken
        | OperatorError::OfAnOperator
        | OperatorError::NoSecondFactor
        | OperatorError::AlreadyDone => {
            let sentence = error.to_string();
            let mut letters = sentence.chars();
            let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
            Ok(format!("{first}{}.", letters.as_str()))
        }
    }
}
