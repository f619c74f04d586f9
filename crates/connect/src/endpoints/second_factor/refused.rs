//! What is answered when a second factor is not right, or its page serves no more.

use axum::http::StatusCode;
use axum::http::header::RETRY_AFTER;
use axum::response::{IntoResponse as _, Response};

use super::waiting::Waiting;
use crate::Connect;
use crate::endpoints::login::over::LoginOver;
use crate::error::PageError;
use crate::grants;

/// What is said of codes typed too often.
pub(super) fn locked(minutes: i64) -> String {
    let plural = if minutes > 1 { "s" } else { "" };
    format!(
        "Trop de codes faux ont été saisis. Par sécurité, attendez {minutes}\u{a0}minute{plural} avant de \
         recommencer."
    )
}

/// The page again, said to be worth trying again later when it is.
pub(super) fn refused(
    minutes: Option<i64>,
    page: impl FnOnce(StatusCode) -> Result<Response, PageError>,
) -> Result<Response, PageError> {
    match minutes {
        None => page(StatusCode::UNPROCESSABLE_ENTITY),
        Some(minutes) => {
            let response = page(StatusCode::TOO_MANY_REQUESTS)?;
            Ok(([(RETRY_AFTER, (minutes * 60).to_string())], response).into_response())
        }
    }
}

/// There is nothing to answer any more.
pub(super) async fn over(connect: &Connect, waiting: &Waiting) -> Result<Response, PageError> {
    let Some(pending) = waiting.step.pending() else { return LoginOver::of_account(connect.config()) };
    match grants::find_asker(connect.db(), pending).await? {
        Some(asker) => LoginOver::of_client(connect.config(), asker.client_name, &pending.request),
        None => LoginOver::of_nobody(connect.config()),
    }
}
