//! `POST /applications/{id}/processing`: puts an application under study.

use axum::extract::State;
use iae_app::Failure;
use iae_app::applications::process;
use iae_domain::applications::{Overtaken, Transition};
use serde::Deserialize;

use super::received::{Answer, PostedAnswer};
use crate::error::PageResult;
use crate::paths::ProcessingPath;
use crate::state::WebState;

/// Nothing is asked.
#[derive(Debug, Deserialize)]
pub struct ProcessingForm {
    #[serde(default)]
    seen: String,
}

impl Answer for ProcessingForm {
    fn seen(&self) -> &str {
        &self.seen
    }
}

/// Puts the application under study. When someone acted meanwhile, the page of the application tells it.
pub async fn post(
    _: ProcessingPath,
    State(state): State<WebState>,
    PostedAnswer { received, .. }: PostedAnswer<ProcessingForm>,
) -> PageResult {
    let received = received.to(&state, Transition::Process).await?;
    match process(&state, &received.ctx, received.id, received.seen.state).await {
        Ok(()) => {
            let told = "La personne et son accompagnateur voient qu’elle est lue.";
            received.done("Candidature à l’étude", told).await
        }
        Err(Failure::Refused(Overtaken { .. })) => Err(received.conflict(&state).await?),
        Err(Failure::App(error)) => Err(error.into()),
    }
}
