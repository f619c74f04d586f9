//! `GET /operators/clients/edit`, `POST`: what is registered of a relying party (IDP-25), but its secret, which is changed at the
//! command line. The form carries the state it saw: who comes second is told so (D32).

mod page;

use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::DateTime;
use url::form_urlencoded;

use self::page::ClientPage;
use super::operating::Operating;
use crate::Connect;
use crate::clients::{self, Edited, Registration};
use crate::endpoints::OPERATORS_CLIENTS;
use crate::endpoints::forms::shown;
use crate::error::PageError;
use crate::params::{FormParams, Params};

/// Where the page of one is.
pub(super) fn address(base_path: &str, id: &str) -> String {
    let query = form_urlencoded::Serializer::new(String::new()).append_pair("client", id).finish();
    format!("{base_path}{OPERATORS_CLIENTS}/edit?{query}")
}

/// The one that an address names.
async fn named(connect: &Connect, query: Option<String>) -> Result<Registration, PageError> {
    let params = Params::parse(query.unwrap_or_default().as_bytes());
    let id = params.get("client").ok_or(PageError::NotFound)?;
    clients::registered(connect.db(), id).await?.ok_or(PageError::NotFound)
}

/// One address a line.
fn lines(text: Option<&str>) -> Vec<String> {
    let lines = text.unwrap_or_default().lines().map(str::trim);
    lines.filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

pub(super) async fn get(
    State(connect): State<Connect>,
    _: Operating,
    RawQuery(query): RawQuery,
) -> Result<Response, PageError> {
    let client = named(&connect, query).await?;
    shown(StatusCode::OK, &ClientPage::new(&connect, client), None)
}

pub(super) async fn post(
    State(connect): State<Connect>,
    Operating(by): Operating,
    RawQuery(query): RawQuery,
    FormParams(form): FormParams,
) -> Result<Response, PageError> {
    let known = named(&connect, query).await?;
    let seen_at = form.get("seen_at").and_then(|micros| micros.parse().ok());
    let typed = |name: &str| form.get(name).map(str::trim).filter(|text| !text.is_empty());
    let client = Registration {
        id: known.id,
        name: typed("name").unwrap_or_default().to_owned(),
        scopes: typed("scopes").unwrap_or_default().to_owned(),
        redirect_uris: lines(form.get("redirect_uris")),
        post_logout_redirect_uris: lines(form.get("post_logout_redirect_uris")),
        backchannel_logout_uri: typed("backchannel_logout_uri").map(str::to_owned),
        initiate_login_uri: typed("initiate_login_uri").map(str::to_owned),
        refresh_tokens: form.get("refresh_tokens").is_some(),
        seen_at: seen_at.and_then(DateTime::from_timestamp_micros).unwrap_or_default(),
    };
    let mut page = ClientPage::new(&connect, client);
    let mut tx = connect.db().begin().await?;
    match clients::edit(&mut tx, &page.client, by, connect.now()).await {
        Ok(Edited::Done) => {
            tx.commit().await?;
            let list = format!("{}{OPERATORS_CLIENTS}", connect.config().base_path());
            return Ok(Redirect::to(&list).into_response());
        }
        Ok(Edited::Changed) => {
            page.changed = true;
            return shown(StatusCode::CONFLICT, &page, None);
        }
        Err(error) => page.refuse(error)?,
    }
    shown(StatusCode::UNPROCESSABLE_ENTITY, &page, None)
}
