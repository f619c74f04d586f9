//! `POST /applications/{id}/processing`: puts an application under study.

use axum::extract::State;
use iae_app::applications::process;
use iae_app::{Ctx, Failure};
use iae_domain::actor::EmployerActor;
use iae_domain::applications::AlreadyProcessed;
use serde::Deserialize;
use tower_sessions::Session;

use super::messages;
use crate::error::PageResult;
use crate::flash;
use crate::forms::Form;
use crate::paths::{ApplicationPath, ProcessingPath};
use crate::state::WebState;

/// Nothing is asked.
#[derive(Debug, Deserialize)]
pub struct ProcessingForm {}

/// Puts the application under study.
pub async fn post(
    ProcessingPath { id }: ProcessingPath,
    State(state): State<WebState>,
    ctx: Ctx<EmployerActor>,
    session: Session,
    Form(_): Form<ProcessingForm>,
) -> PageResult {
    match process(&state, &ctx, id).await {
        Ok(()) => {
            let seen = "La personne et son accompagnateur voient qu'elle est lue.";
            flash::done(&session, "Candidature à l'étude", seen, ApplicationPath { id }).await
        }
        Err(Failure::Refused(AlreadyProcessed)) => Err(messages::already_processed(id)),
        Err(Failure::App(error)) => Err(error.into()),
    }
}
