//! Who may look after others: the holder of an account that was made an operator's at the command line, signed in with two factors.
//! For anybody else there is no such page.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use iae_server::Address;

use crate::Connect;
use crate::endpoints::FACTORS;
use crate::endpoints::holder::{Cleared, Holder};
use crate::endpoints::owner::Owner;
use crate::error::PageError;
use crate::operators::Operator;

/// An operator.
pub(super) struct Operating(pub(super) Operator);

impl FromRequestParts<Connect> for Operating {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, connect: &Connect) -> Result<Self, Response> {
        let Cleared(Holder { session, account }) = Cleared::from_request_parts(parts, connect).await?;
        if !account.is_operator {
            return Err(PageError::NotFound.into_response());
        }
        if session.methods.are_two() {
            let Ok(ip) = Address::from_request_parts(parts, connect).await;
            return Ok(Self(Operator::signed_in(account.id, ip)));
        }
        // The second factor is shown, or added by who has none.
        match Owner::from_request_parts(parts, connect).await {
            Ok(_) => {
                let factors = format!("{}{FACTORS}", connect.config().base_path());
                Err(Redirect::to(&factors).into_response())
            }
            Err(step) => Err(step),
        }
    }
}
