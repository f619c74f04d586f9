//! `GET /userinfo`, `POST /userinfo`: the claims behind an access token.

use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::Response;

use super::json;
use super::token_error::TokenError;
use crate::secret::Token;
use crate::{Connect, accounts, claims, grants};

pub(super) async fn get(State(connect): State<Connect>, headers: HeaderMap) -> Result<Response, TokenError> {
    let token = bearer(&headers).ok_or(TokenError::MissingToken)?;
    let (account_id, scopes) = grants::find_access_token(connect.db(), &token, connect.now())
        .await?
        .ok_or(TokenError::InvalidToken)?;
    let account = accounts::find_active(connect.db(), account_id).await?.ok_or(TokenError::InvalidToken)?;
    Ok(json(&claims::userinfo(&account, scopes))?)
}

/// The token comes in the header only: in a query or a form it would end up in logs.
fn bearer(headers: &HeaderMap) -> Option<Token> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("Bearer").then(|| Token::new(token.trim().to_owned()))
}
