//! The address a request comes from, for the lockout and the audit trail.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use iae_server::Address;

use crate::Connect;

impl FromRequestParts<Connect> for Address {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, connect: &Connect) -> Result<Self, Infallible> {
        Ok(connect.config().client_ip.find(&parts.headers, &parts.extensions))
    }
}
