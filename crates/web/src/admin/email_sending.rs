//! `POST /admin/emails/{id}/sending`: a mail that was given up is sent again.

use axum::extract::State;
use iae_app::outbox::send_again;
use iae_app::{Ctx, Failure};
use iae_domain::actor::StaffActor;
use serde::Deserialize;
use tower_sessions::Session;

use crate::error::PageResult;
use crate::flash;
use crate::forms::Form;
use crate::paths::{EmailPath, EmailSendingPath};
use crate::state::WebState;

/// Nothing to fill in: the button is enough.
#[derive(Debug, Deserialize)]
pub struct EmailSendingForm {}

/// Sends it again; what left or is still tried is left alone.
pub async fn post(
    EmailSendingPath { id }: EmailSendingPath,
    State(state): State<WebState>,
    ctx: Ctx<StaffActor>,
    session: Session,
    Form(EmailSendingForm {}): Form<EmailSendingForm>,
) -> PageResult {
    let email = EmailPath { id };
    match send_again(&state, &ctx, id).await {
        Ok(()) => {
            flash::done(&session, "Message remis en envoi", "Il part dans les minutes qui viennent.", email)
                .await
        }
        Err(Failure::Refused(_)) => {
            let message = "Il est déjà parti, ou il sera encore tenté.";
            flash::not_done(&session, "Ce message n’est pas abandonné", message, email).await
        }
        Err(Failure::App(error)) => Err(error.into()),
    }
}
