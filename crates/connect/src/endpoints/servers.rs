//! What the endpoints of servers have in common: the relying party proves who it is, and says which token it is about.

use axum::http::HeaderMap;
use iae_server::Address;

use super::token_error::TokenError;
use crate::Connect;
use crate::clients::Client;
use crate::clients::authentication::{Credentials, CredentialsRefused};
use crate::events::{Event, Name};
use crate::params::Params;
use crate::secret::Token;

/// The relying party that asks.
pub(super) async fn authenticated(
    connect: &Connect,
    headers: &HeaderMap,
    form: &Params,
) -> Result<Client, TokenError> {
    if form.repeated() {
        return Err(TokenError::InvalidRequest);
    }
    let credentials = Credentials::read(headers, form).map_err(|refused| match refused {
        CredentialsRefused::Missing => TokenError::InvalidClient,
        CredentialsRefused::Ambiguous => TokenError::InvalidRequest,
    })?;
    credentials.authenticate(connect.db()).await?.ok_or(TokenError::InvalidClient)
}

/// The token that it asks about (RFC 7009 §2.1, RFC 7662 §2.1). Its hint tells nothing that a look-up does not.
pub(super) fn token(form: &Params) -> Result<Token, TokenError> {
    let token = form.get("token").ok_or(TokenError::InvalidRequest)?;
    Ok(Token::new(token.to_owned()))
}

/// Writes what was refused before any transaction, once in a while.
pub(super) async fn note<T>(
    connect: &Connect,
    ip: Address,
    answer: Result<T, TokenError>,
) -> Result<T, TokenError> {
    if let Err(refused) = &answer
        && let Some(detail) = audited(refused)
    {
        Event::new(Name::OidcParamsError, ip).detail(detail).record_once(connect).await?;
    }
    answer
}

/// Refusals that come before any transaction of the use case, which writes its own.
fn audited(refused: &TokenError) -> Option<&'static str> {
    match refused {
        TokenError::InvalidRequest => Some("invalid_request"),
        TokenError::InvalidClient => Some("invalid_client"),
        TokenError::UnsupportedGrantType => Some("unsupported_grant_type"),
        TokenError::InvalidScope => Some("invalid_scope"),
        TokenError::InvalidGrant
        | TokenError::MissingToken
        | TokenError::InvalidToken
        | TokenError::TooManyFailures { .. }
        | TokenError::Failed(_) => None,
    }
}
