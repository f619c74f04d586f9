//! `/eligibility-proofs/{id}/removal`: an SIAE gives up a proof that it kept, once it read what is lost.

use askama::Template;
use axum::extract::State;
use iae_app::eligibility::proofs::queries::{ProofCard, proof, vault};
use iae_app::eligibility::proofs::remove;
use iae_app::{Ctx, Error};
use iae_domain::actor::EmployerActor;
use serde::Deserialize;
use tower_sessions::Session;

use super::messages::changed;
use crate::error::{PageResult, ok};
use crate::filters;
use crate::flash;
use crate::forms::Form;
use crate::layout::Layout;
use crate::paths::{ApplicationsPath, EligibilityProofRemovalPath, EligibilityProofsPath};
use crate::state::WebState;
use crate::transition::{instant, version};

/// The page.
#[derive(Template)]
#[template(path = "eligibility/proofs/removal.html")]
pub struct RemovalPage {
    layout: Layout,
    kept: ProofCard,
}

/// What is confirmed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct RemovalForm {
    /// When the file that was read came (D32).
    seen: String,
    /// The hire whose proofs are shown next.
    application: String,
}

impl RemovalPage {
    fn seen(&self) -> String {
        version(self.kept.proof.deposited_at)
    }

    /// The hire it was declared for, as the form says it.
    fn application(&self) -> String {
        self.kept.application.map(|id| id.to_string()).unwrap_or_default()
    }

    fn back(&self) -> String {
        let of = |id| EligibilityProofsPath { id }.to_string();
        self.kept.application.map_or_else(|| ApplicationsPath.to_string(), of)
    }
}

/// Says what is lost.
pub async fn get(
    EligibilityProofRemovalPath { id }: EligibilityProofRemovalPath,
    State(state): State<WebState>,
    ctx: Ctx<EmployerActor>,
    layout: Layout,
) -> PageResult {
    ok(&RemovalPage { layout, kept: proof(&state, &ctx, id).await? })
}

/// Removes it, when it is still what was read.
pub async fn post(
    EligibilityProofRemovalPath { id }: EligibilityProofRemovalPath,
    State(state): State<WebState>,
    ctx: Ctx<EmployerActor>,
    session: Session,
    Form(form): Form<RemovalForm>,
) -> PageResult {
    let application = form.application.parse().ok();
    match remove(&state, &ctx, id, instant(&form.seen)).await {
        Ok(()) => {
            let back = application
                .map_or_else(|| ApplicationsPath.to_string(), |id| EligibilityProofsPath { id }.to_string());
            flash::done(&session, "Justificatif retiré", "Il n’est plus parmi vos justificatifs.", back).await
        }
        // Of an SIAE that kept it, it is gone; to anyone else it never was.
        Err(error @ (Error::NotFound | Error::Conflict)) => {
            let Some(application) = application else { return Err(error.into()) };
            vault(&state, &ctx, application).await?;
            Err(changed(application))
        }
        Err(error) => Err(error.into()),
    }
}
