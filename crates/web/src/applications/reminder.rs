//! `POST /applications/{id}/reminder`: whoever sent an application reminds the employer of it.

use axum::extract::State;
use iae_app::applications::remind;
use iae_app::{Ctx, Failure};
use iae_domain::Actor;
use iae_domain::applications::RemindRefused;
use serde::Deserialize;
use tower_sessions::Session;

use crate::error::PageResult;
use crate::flash;
use crate::forms::Form;
use crate::french;
use crate::paths::{ApplicationPath, ReminderPath};
use crate::state::WebState;

/// Nothing is asked.
#[derive(Debug, Deserialize)]
pub struct ReminderForm {}

/// Sends the reminder; a second click says that it is sent.
pub async fn post(
    ReminderPath { id }: ReminderPath,
    State(state): State<WebState>,
    ctx: Ctx<Actor>,
    session: Session,
    Form(ReminderForm {}): Form<ReminderForm>,
) -> PageResult {
    let back = ApplicationPath { id };
    match remind(&state, &ctx, id).await {
        Ok(()) => flash::done(&session, "Relance envoyée", "La structure la reçoit par e-mail.", back).await,
        Err(Failure::Refused(RemindRefused::Answered)) => {
            let message = "La structure a répondu entre-temps\u{a0}: il n’y a plus rien à relancer.";
            flash::not_done(&session, "Relance inutile", message, back.to_string()).await
        }
        Err(Failure::Refused(RemindRefused::TooEarly { from })) => {
            let message = format!(
                "La structure peut être relancée une fois par semaine\u{a0}: à nouveau à partir du {}.",
                french::date_time(from)
            );
            flash::not_done(&session, "Relance déjà faite", message, back.to_string()).await
        }
        Err(Failure::App(error)) => Err(error.into()),
    }
}
