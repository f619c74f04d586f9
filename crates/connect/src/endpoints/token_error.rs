//! What relying parties are told when something is wrong: JSON, in OAuth's words.

use axum::http::header::{RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};

use super::json;
use crate::error::{Error, come_back};

/// A refusal of an endpoint of servers (RFC 6749 §5.2, RFC 6750 §3.1, RFC 7009 §2.2.1, RFC 7662 §2.3).
#[derive(Debug)]
pub(crate) enum TokenError {
    /// A parameter is missing or given twice.
    InvalidRequest,
    /// The relying party did not prove who it is.
    InvalidClient,
    /// The code, or the refresh token, is not worth anything.
    InvalidGrant,
    /// More is asked than was granted.
    InvalidScope,
    /// Another grant than `authorization_code` and `refresh_token`.
    UnsupportedGrantType,
    /// No bearer token was presented.
    MissingToken,
    /// The bearer token is unknown or expired.
    InvalidToken,
    /// Too many authentications failed from the same address.
    TooManyFailures {
        /// Seconds to wait.
        retry_after: u64,
    },
    /// Our failure.
    Failed(Error),
}

impl TokenError {
    /// Status, `error`, and the challenge that goes with a 401.
    fn parts(&self) -> (StatusCode, &'static str, Option<&'static str>) {
        const BASIC: &str = r#"Basic realm="connect""#;
        const BEARER: &str = r#"Bearer realm="connect""#;
        const BEARER_INVALID: &str = r#"Bearer realm="connect", error="invalid_token""#;
        match self {
            Self::InvalidRequest => (StatusCode::BAD_REQUEST, "invalid_request", None),
            Self::InvalidClient => (StatusCode::UNAUTHORIZED, "invalid_client", Some(BASIC)),
            Self::InvalidGrant => (StatusCode::BAD_REQUEST, "invalid_grant", None),
            Self::InvalidScope => (StatusCode::BAD_REQUEST, "invalid_scope", None),
            Self::UnsupportedGrantType => (StatusCode::BAD_REQUEST, "unsupported_grant_type", None),
            Self::MissingToken => (StatusCode::UNAUTHORIZED, "invalid_token", Some(BEARER)),
            Self::InvalidToken => (StatusCode::UNAUTHORIZED, "invalid_token", Some(BEARER_INVALID)),
            Self::TooManyFailures { .. } => (StatusCode::TOO_MANY_REQUESTS, "temporarily_unavailable", None),
            Self::Failed(error) if error.is_temporary() => {
                (StatusCode::SERVICE_UNAVAILABLE, "temporarily_unavailable", None)
            }
            Self::Failed(_) => (StatusCode::INTERNAL_SERVER_ERROR, "server_error", None),
        }
    }
}

impl IntoResponse for TokenError {
    fn into_response(self) -> Response {
        if let Self::Failed(error) = &self {
            error.log();
        }
        let (status, code, challenge) = self.parts();
        let mut response = match json(&serde_json::json!({ "error": code })) {
            Ok(response) => (status, response).into_response(),
            Err(_) => status.into_response(),
        };
        if status == StatusCode::SERVICE_UNAVAILABLE {
            come_back(&mut response);
        }
        if let Self::TooManyFailures { retry_after } = self {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(retry_after));
        }
        if let Some(challenge) = challenge {
            response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static(challenge));
        }
        response
    }
}

impl From<Error> for TokenError {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

impl From<sqlx::Error> for TokenError {
    fn from(error: sqlx::Error) -> Self {
        Self::Failed(error.into())
    }
}
