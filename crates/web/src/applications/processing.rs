//! `POST /applications/{id}/processing`: puts an application under study.

use axum::extract::State;
use axum_extra::routing::TypedPath;
use iae_app::Ctx;
use iae_app::applications::process;
use iae_domain::actor::EmployerActor;
use iae_domain::ids::ApplicationId;
use serde::Deserialize;
use tower_sessions::Session;

use super::messages;
use super::show::ShowPath;
use crate::error::{PageError, PageResult, see_other};
use crate::flash;
use crate::forms::Form;
use crate::state::WebState;

/// The action.
#[derive(TypedPath, Deserialize)]
#[typed_path("/applications/{id}/processing", rejection(PageError))]
pub struct ProcessingPath {
    /// The application.
    pub id: ApplicationId,
}

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
    see_other(ShowPath { id }.to_string())
}
