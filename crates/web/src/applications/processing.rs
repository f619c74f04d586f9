//! `POST /applications/{id}/processing`: puts an application under study.

use axum::extract::State;
use iae_app::Ctx;
use iae_app::applications::process;
use iae_domain::actor::EmployerActor;
use serde::Deserialize;
use tower_sessions::Session;

use super::messages;
use crate::error::{PageResult, see_other};
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
    process(&state, &ctx, id).await.map_err(|error| messages::process_refused(error, id))?;
    flash::success(
        &session,
        "Candidature à l'étude",
        "La personne et son accompagnateur voient qu'elle est lue.",
    )
    .await?;
    see_other(ApplicationPath { id }.to_string())
}
