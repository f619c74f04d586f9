//! `GET /factors/removal`, `POST /factors/removal`: removing a second factor, once it was said what that changes. The one that opened
//! the session asks for the password (AUT-24).

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use secrecy::SecretString;
use uuid::Uuid;

use super::{Owner, onwards};
use crate::Connect;
use crate::endpoints::FACTORS;
use crate::endpoints::forms::{Errors, later, locked, shown};
use crate::error::PageError;
use crate::factors::{self, Kind, Listed, Removal, Removed};
use crate::page::Layout;
use crate::params::{FormParams, Params};

#[derive(Template)]
#[template(path = "connect/factor_removal.html")]
struct RemovalPage<'a> {
    layout: Layout<'a>,
    action: String,
    back: String,
    factor: Listed,
    /// The password alone opens the account afterwards.
    is_last: bool,
    /// They are an operator, and are none any more without a second factor.
    is_operator: bool,
    /// It opened this session.
    asks_password: bool,
    errors: Errors,
}

impl<'a> RemovalPage<'a> {
    async fn new(connect: &'a Connect, owner: &Owner, kind: Kind, id: Uuid) -> Result<Self, PageError> {
        let all = factors::list(connect, owner.account.id).await?;
        let is_last = all.len() == 1;
        let factor = all.into_iter().find(|factor| factor.kind == kind && factor.id == id);
        let base_path = connect.config().base_path();
        Ok(Self {
            layout: Layout { base_path },
            action: format!("{base_path}{FACTORS}/removal"),
            back: format!("{base_path}{FACTORS}"),
            factor: factor.ok_or(PageError::NotFound)?,
            is_last,
            is_operator: owner.account.is_operator,
            asks_password: owner.session.factor_id == Some(id),
            errors: Errors::default(),
        })
    }
}

/// Which one a page, or a form, is about.
fn which(params: &Params) -> Option<(Kind, Uuid)> {
    let kind = params.get("kind").and_then(Kind::parse)?;
    Some((kind, params.get("id")?.parse().ok()?))
}

pub(in crate::endpoints) async fn get(
    State(connect): State<Connect>,
    RawQuery(query): RawQuery,
    owner: Owner,
) -> Result<Response, PageError> {
    let params = Params::parse(query.unwrap_or_default().as_bytes());
    let (kind, id) = which(&params).ok_or(PageError::NotFound)?;
    shown(StatusCode::OK, &RemovalPage::new(&connect, &owner, kind, id).await?, None)
}

pub(in crate::endpoints) async fn post(
    State(connect): State<Connect>,
    owner: Owner,
    FormParams(form): FormParams,
) -> Result<Response, PageError> {
    let (kind, id) = which(&form).ok_or(PageError::NotFound)?;
    let removal = Removal { account: &owner.account, kind, id, ip: owner.device.ip };
    let password = form.get("current_password").map(SecretString::from);
    let removed = factors::remove(&connect, &owner.presented, removal, password).await?;
    if removed == Removed::Done {
        return Ok(Redirect::to(&onwards(&connect, None)).into_response());
    }
    let mut page = RemovalPage::new(&connect, &owner, kind, id).await?;
    page.asks_password = true;
    match removed {
        Removed::Done | Removed::Unknown => return Err(PageError::NotFound),
        Removed::PasswordAsked => page.errors.add("current_password", "Saisissez votre mot de passe."),
        Removed::WrongPassword => page.errors.add("current_password", "Ce n’est pas votre mot de passe."),
        Removed::Locked { minutes } => {
            page.errors.add("", locked(minutes));
            return Ok(later(minutes, shown(StatusCode::TOO_MANY_REQUESTS, &page, None)?));
        }
    }
    shown(StatusCode::UNPROCESSABLE_ENTITY, &page, None)
}
