//! `POST /introspect`: a relying party asks what one of its tokens is worth (RFC 7662). One that is dead, unknown, or of another,
//! is not active, and nothing more is said of it.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use iae_server::Address;
use serde::Serialize;
use uuid::Uuid;

use super::json;
use super::servers::{authenticated, note, token};
use super::token_error::TokenError;
use crate::clients::Client;
use crate::grants::Inspected;
use crate::params::{FormParams, Params};
use crate::{Connect, grants};

/// A token that lives.
#[derive(Serialize)]
struct Active<'a> {
    #[serde(rename = "active")]
    is_live: bool,
    iss: &'a str,
    client_id: &'a str,
    aud: &'a str,
    sub: Uuid,
    scope: &'a str,
    token_type: &'static str,
    iat: i64,
    exp: i64,
}

impl<'a> Active<'a> {
    fn new(connect: &'a Connect, client: &'a Client, live: &'a Inspected) -> Self {
        Self {
            is_live: true,
            iss: connect.config().issuer(),
            client_id: &client.id,
            aud: &client.id,
            sub: live.account_id,
            scope: &live.scope,
            token_type: live.kind,
            iat: live.issued_at.timestamp(),
            exp: live.expires_at.timestamp(),
        }
    }
}

pub(super) async fn post(
    State(connect): State<Connect>,
    ip: Address,
    headers: HeaderMap,
    FormParams(form): FormParams,
) -> Result<Response, TokenError> {
    let answer = introspect(&connect, &headers, &form).await;
    note(&connect, ip, answer).await
}

async fn introspect(connect: &Connect, headers: &HeaderMap, form: &Params) -> Result<Response, TokenError> {
    let client = authenticated(connect, headers, form).await?;
    let live = grants::inspect(connect, &client, &token(form)?).await?;
    Ok(match &live {
        Some(live) => json(&Active::new(connect, &client, live))?,
        None => json(&serde_json::json!({ "active": false }))?,
    })
}
