//! How much one may ask of the provider (SES-15), as of the platform: pages by address, codes by account, relying parties
//! that do not prove who they are by address.
//!
//! `/token` and `/userinfo` are asked by servers: every sign-in of a relying party comes from its one address. What they
//! ask rightly is never counted, nor held back by what fails beside it.

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use iae_server::{Address, Rate};
use uuid::Uuid;

use crate::Connect;
use crate::endpoints::token_error::TokenError;
use crate::error::PageError;
use crate::events::Kind;

/// What is left to each.
pub(crate) struct Rates {
    pages: Rate<Address>,
    codes: Rate<Uuid>,
    failures: Rate<Address>,
    refusals: Rate<Kind>,
}

impl Rates {
    /// Nothing was asked yet.
    pub(crate) fn new(rates: iae_server::Rates) -> Self {
        Self {
            pages: Rate::per_minute(rates.anonymous_pages_per_minute),
            codes: Rate::per_minute(rates.account_pages_per_minute),
            failures: Rate::per_minute(rates.login_failures_per_minute),
            refusals: Rate::once_an_hour(),
        }
    }

    /// Whether one more code may be given to whoever is signed in: each is a row.
    pub(crate) fn code(&self, account_id: Uuid) -> Result<(), PageError> {
        self.codes.take(&account_id).map_err(|retry_after| PageError::TooManyRequests { retry_after })
    }

    /// Whether a refusal is worth a line of the trail: its like was not written within the hour.
    pub(crate) fn is_news(&self, refusal: &Kind) -> bool {
        self.refusals.take(refusal).is_ok()
    }
}

/// Layer: answers one page too many of an address with nothing but the time to wait.
pub(crate) async fn limit_pages(
    State(connect): State<Connect>,
    ip: Address,
    request: Request,
    next: Next,
) -> Result<Response, PageError> {
    let left = connect.rates().pages.take(&ip);
    left.map_err(|retry_after| PageError::TooManyRequests { retry_after })?;
    Ok(next.run(request).await)
}

/// Layer: answers one failed authentication too many of an address with nothing but the time to wait.
pub(crate) async fn limit_failures(
    State(connect): State<Connect>,
    ip: Address,
    request: Request,
    next: Next,
) -> Response {
    let response = next.run(request).await;
    if response.status() != StatusCode::UNAUTHORIZED {
        return response;
    }
    match connect.rates().failures.take(&ip) {
        Ok(()) => response,
        Err(retry_after) => TokenError::TooManyFailures { retry_after }.into_response(),
    }
}
