//! The browser a session opens in, as its holder will recognise it.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::header::USER_AGENT;
use axum::http::request::Parts;
use iae_server::Address;

use crate::Connect;

/// The longest that is kept of what a browser says of itself.
const LONGEST: usize = 400;

/// Where a request comes from.
#[derive(Clone, Debug)]
pub(crate) struct Device {
    /// Its address.
    pub(crate) ip: Address,
    /// What the browser says it is.
    pub(crate) user_agent: String,
}

impl FromRequestParts<Connect> for Device {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, connect: &Connect) -> Result<Self, Infallible> {
        let ip = Address::from_request_parts(parts, connect).await?;
        let said = parts.headers.get(USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let user_agent = said.chars().filter(|c| !c.is_control()).take(LONGEST).collect();
        Ok(Self { ip, user_agent })
    }
}
