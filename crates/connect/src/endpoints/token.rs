//! `POST /token`: a relying party exchanges a code for an access token and an id token.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use openidconnect::AccessToken;
use serde::Serialize;

use super::json;
use super::token_error::TokenError;
use iae_server::Address;

use crate::clients::authentication::{Credentials, CredentialsRefused};
use crate::events::{Event, Name};
use crate::grants::{ACCESS_TOKEN_LIFETIME, GrantRefused, Redeem, redeem};
use crate::params::{FormParams, Params};
use crate::secret::Token;
use crate::{Connect, claims};

#[derive(Serialize)]
struct TokenResponse<'a> {
    access_token: &'a str,
    token_type: &'static str,
    expires_in: i64,
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
    if let Err(refused) = &answer
        && let Some(detail) = audited(refused)
    {
        Event::new(Name::OidcParamsError, ip).detail(detail).record_once(&connect).await?;
    }
    answer
}

/// Refusals that come before any transaction of the use case, which writes its own.
fn audited(refused: &TokenError) -> Option<&'static str> {
    match refused {
        TokenError::InvalidRequest => Some("invalid_request"),
        TokenError::InvalidClient => Some("invalid_client"),
        TokenError::UnsupportedGrantType => Some("unsupported_grant_type"),
        TokenError::InvalidGrant
        | TokenError::MissingToken
        | TokenError::InvalidToken
        | TokenError::TooManyFailures { .. }
        | TokenError::Failed(_) => None,
    }
}

async fn exchange(
    connect: &Connect,
    ip: Address,
    headers: &HeaderMap,
    form: &Params,
) -> Result<Response, TokenError> {
    if form.repeated() {
        return Err(TokenError::InvalidRequest);
    }
    let client = Credentials::read(headers, form)
        .map_err(|refused| match refused {
            CredentialsRefused::Missing => TokenError::InvalidClient,
            CredentialsRefused::Ambiguous => TokenError::InvalidRequest,
        })?
        .authenticate(connect.db())
        .await?
        .ok_or(TokenError::InvalidClient)?;
    match form.get("grant_type") {
        Some("authorization_code") => {}
        Some(_) => return Err(TokenError::UnsupportedGrantType),
        None => return Err(TokenError::InvalidRequest),
    }
    let command = Redeem {
        client: &client,
        code: Token::new(form.get("code").ok_or(TokenError::InvalidRequest)?.to_owned()),
        redirect_uri: form.get("redirect_uri"),
        code_verifier: form.get("code_verifier"),
        ip,
    };
    // Read before the code is used up: without a key the relying party may try again.
    let key = connect.keyring().signing(connect.now()).await?;
    let redeemed = redeem(connect, command).await?.map_err(|GrantRefused| TokenError::InvalidGrant)?;
    let access_token = AccessToken::new(redeemed.access_token.reveal().to_owned());
    let id_token =
        claims::id_token(connect.config(), &client.id, &redeemed, &access_token, &key, connect.now())?;
    Ok(json(&TokenResponse {
        access_token: redeemed.access_token.reveal(),
        token_type: "Bearer",
        expires_in: ACCESS_TOKEN_LIFETIME.num_seconds(),
        id_token,
        scope: redeemed.scopes.to_string(),
    })?)
}
