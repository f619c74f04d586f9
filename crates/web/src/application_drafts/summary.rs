//! `/application-drafts/{id}/summary`: everything that will leave, before it leaves.

use askama::Template;
use axum::extract::State;
use axum_extra::routing::TypedPath;
use iae_app::Ctx;
use iae_app::applications::drafts::Tunnel;
use iae_domain::Actor;
use iae_domain::applications::draft::Step;
use iae_domain::candidates::consent::SharedItem;
use iae_domain::ids::ApplicationDraftId;
use serde::Deserialize;

use super::step::{self, Frame};
use crate::error::{PageError, PageResult, ok};
use crate::filters;
use crate::layout::Layout;
use crate::state::WebState;

/// The step.
#[derive(TypedPath, Deserialize)]
#[typed_path("/application-drafts/{id}/summary", rejection(PageError))]
pub struct SummaryPath {
    /// The draft.
    pub id: ApplicationDraftId,
}

/// The page.
#[derive(Template)]
#[template(path = "application_drafts/summary.html")]
pub struct SummaryPage {
    layout: Layout,
    step: Frame,
    jobs: Vec<String>,
    message: String,
    has_cv: bool,
    is_candidate: bool,
    is_own_company: bool,
    shared: Vec<SharedItem>,
    eligibility: bool,
    to_siae: bool,
}

impl SummaryPage {
    fn href(&self, step: &str) -> String {
        format!("/application-drafts/{}/{step}", self.step.id)
    }

    fn button(&self) -> String {
        if self.is_own_company {
            "Enregistrer la candidature".to_owned()
        } else {
            format!("Envoyer la candidature à {}", self.step.company)
        }
    }
}

/// Shows what will be sent.
pub async fn get(
    path: SummaryPath,
    State(state): State<WebState>,
    ctx: Ctx<Actor>,
    layout: Layout,
) -> PageResult {
    let tunnel = match step::open(&state, &ctx, &layout, path.id, Step::Summary).await? {
        Ok(tunnel) => tunnel,
        Err(elsewhere) => return Ok(elsewhere),
    };
    ok(&SummaryPage {
        step: Frame::of(&tunnel, Step::Summary),
        jobs: jobs(&tunnel),
        message: tunnel.draft.message.text.clone(),
        has_cv: tunnel.draft.cv.is_some(),
        is_candidate: tunnel.is_candidate(),
        is_own_company: tunnel.is_own_company(),
        shared: tunnel.sharing().items.clone(),
        eligibility: tunnel.steps().contains(&Step::Eligibility),
        to_siae: tunnel.company.kind.is_siae(),
        layout,
    })
}

fn jobs(tunnel: &Tunnel) -> Vec<String> {
    let chosen = tunnel.company.jobs.iter().filter(|job| tunnel.draft.jobs.contains(&job.id));
    chosen.map(|job| format!("{} ({})", job.name, job.place)).collect()
}
