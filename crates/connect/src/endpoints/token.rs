//! `POST /token`: a relying party exchanges a code, or a refresh token, for an access token and an id token.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use iae_server::Address;
use openidconnect::AccessToken;
use serde::Serialize;

use super::json;
use super::servers::{authenticated, note};
use super::token_error::TokenError;
use crate::clients::Client;
use crate::grants::{
    ACCESS_TOKEN_LIFETIME, GrantRefused, Redeem, Redeemed, Refresh, RefreshRefused, Scopes, redeem, refresh,
};
use crate::params::{FormParams, Params};
use crate::secret::Token;
use crate::{Connect, claims};

#[derive(Serialize)]
struct TokenResponse<'a> {
    access_token: &'a str,
    token_type: &'static str,
    expires_in: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token: Option<&'a str>,
    id_token: String,
    scope: String,
}

pub(super) async fn post(
    State(connect): State<Connect>,
    ip: Address,
    headers: HeaderMap,
    FormParams(form): FormParams,
) -> Result<Response, TokenError> {
    let answer = exchange(&connect, ip, &headers, &form).await;
    note(&connect, ip, answer).await
}

async fn exchange(
    connect: &Connect,
    ip: Address,
    headers: &HeaderMap,
    form: &Params,
) -> Result<Response, TokenError> {
    let client = authenticated(connect, headers, form).await?;
    let required = |name| form.get(name).ok_or(TokenError::InvalidRequest);
    // Read before anything is used up: without a key the relying party may try again.
    let key = connect.keyring().signing(connect.now()).await?;
    let given = match required("grant_type")? {
        "authorization_code" => {
            let code = Token::new(required("code")?.to_owned());
            of_code(connect, &client, code, form, ip).await?
        }
        "refresh_token" => {
            let token = Token::new(required("refresh_token")?.to_owned());
            of_refresh_token(connect, &client, token, form, ip).await?
        }
        _ => return Err(TokenError::UnsupportedGrantType),
    };
    let access_token = AccessToken::new(given.access_token.reveal().to_owned());
    let id_token =
        claims::id_token(connect.config(), &client.id, &given, &access_token, &key, connect.now())?;
    Ok(json(&TokenResponse {
        access_token: given.access_token.reveal(),
        token_type: "Bearer",
        expires_in: ACCESS_TOKEN_LIFETIME.num_seconds(),
        refresh_token: given.refresh_token.as_ref().map(Token::reveal),
        id_token,
        scope: given.scopes.to_string(),
    })?)
}

async fn of_code(
    connect: &Connect,
    client: &Client,
    code: Token,
    form: &Params,
    ip: Address,
) -> Result<Redeemed, TokenError> {
    let command = Redeem {
        client,
        code,
        redirect_uri: form.get("redirect_uri"),
        code_verifier: form.get("code_verifier"),
        ip,
    };
    redeem(connect, command).await?.map_err(|GrantRefused| TokenError::InvalidGrant)
}

async fn of_refresh_token(
    connect: &Connect,
    client: &Client,
    token: Token,
    form: &Params,
    ip: Address,
) -> Result<Redeemed, TokenError> {
    let scopes = match form.get("scope") {
        Some(scopes) => Some(Scopes::parse(scopes).ok_or(TokenError::InvalidScope)?),
        None => None,
    };
    let given = refresh(connect, Refresh { client, token, scopes, ip }).await?;
    given.map_err(|refused| match refused {
        RefreshRefused::InvalidGrant => TokenError::InvalidGrant,
        RefreshRefused::InvalidScope => TokenError::InvalidScope,
    })
}
