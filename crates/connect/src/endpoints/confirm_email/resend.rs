//! `POST /confirm-email/resend`: the link again, for another day (IDP-12).

use axum::extract::{RawQuery, State};
use axum::response::Response;
use iae_server::Address;

use super::{Over, over};
use crate::Connect;
use crate::accounts::sign_up::{self, State as LinkState};
use crate::emails::{self, Asked};
use crate::endpoints::REGISTER;
use crate::endpoints::forms::link;
use crate::endpoints::mail_sent::{self, mail_sent};
use crate::error::PageError;

pub(in crate::endpoints) async fn post(
    State(connect): State<Connect>,
    RawQuery(query): RawQuery,
    ip: Address,
) -> Result<Response, PageError> {
    let link = link(query);
    let waiting = sign_up::find(&connect, &link).await?.ok_or(PageError::NotFound)?;
    if waiting.state(connect.now()) == LinkState::Confirmed {
        return over(&connect, &waiting, &link, Over::Confirmed);
    }
    match sign_up::ask_again(&connect, &waiting, ip).await? {
        Asked::Told => {
            let again = format!("{}{REGISTER}", connect.config().base_path());
            mail_sent(&connect, mail_sent::Asked::Account, &waiting.email, &again)
        }
        Asked::TooMany => {
            Err(PageError::TooManyRequests { retry_after: emails::WINDOW.num_seconds().unsigned_abs() })
        }
    }
}
