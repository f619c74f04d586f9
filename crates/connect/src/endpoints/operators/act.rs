//! `GET /operators/accounts/{id}/{act}`, `POST`: an act on an account, once it was said what it changes.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use uuid::Uuid;

use super::account::respond;
use super::acts::Act;
use super::operating::Operating;
use super::{address, refusal};
use crate::Connect;
use crate::accounts::Account;
use crate::endpoints::forms::shown;
use crate::error::PageError;
use crate::operators::{OperatorError, sheet};
use crate::page::Layout;

#[derive(Template)]
#[template(path = "connect/operators/act.html")]
struct ActPage<'a> {
    layout: Layout<'a>,
    act: Act,
    action: String,
    back: String,
    account: Account,
}

/// What an address names.
fn named(id: &str, act: &str) -> Result<(Uuid, Act), PageError> {
    let id = id.parse().map_err(|_| PageError::NotFound)?;
    Ok((id, Act::parse(act).ok_or(PageError::NotFound)?))
}

pub(super) async fn get(
    State(connect): State<Connect>,
    _: Operating,
    Path((id, act)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let (id, act) = named(&id, &act)?;
    let sheet = sheet(&connect, id).await?.ok_or(PageError::NotFound)?;
    if !act.is_possible(&sheet) {
        let of_operator = sheet.account.is_operator;
        let error = if of_operator { OperatorError::OfAnOperator } else { OperatorError::AlreadyDone };
        return respond(&connect, id, StatusCode::CONFLICT, None, Some(refusal(error)?)).await;
    }
    let base_path = connect.config().base_path();
    let back = address(base_path, &id.to_string());
    let action = format!("{back}/{}", act.word());
    let page = ActPage { layout: Layout { base_path }, act, action, back, account: sheet.account };
    shown(StatusCode::OK, &page, None)
}

pub(super) async fn post(
    State(connect): State<Connect>,
    Operating(by): Operating,
    Path((id, act)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let (id, act) = named(&id, &act)?;
    let mut tx = connect.db().begin().await?;
    if let Err(error) = act.perform(&mut tx, id, by, connect.now()).await {
        tx.rollback().await?;
        return respond(&connect, id, StatusCode::CONFLICT, None, Some(refusal(error)?)).await;
    }
    tx.commit().await?;
    connect.emails_written().notify_one();
    connect.logouts_written().notify_one();
    let back = address(connect.config().base_path(), &id.to_string());
    Ok(Redirect::to(&format!("{back}?done={}", act.word())).into_response())
}
