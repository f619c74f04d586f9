//! `/application-drafts/{id}/candidate`: for whom (§4.4). The look-up leads back here with the person it found.

use askama::Template;
use axum::extract::State;
use axum_extra::extract::Query;
use iae_app::applications::drafts::{self, DraftCandidate};
use iae_domain::applications::draft::StepChoice;
use iae_domain::ids::CandidateId;
use serde::Deserialize;

use super::begun_before::BegunBefore;
use super::step::{Opened, StepHeader};
use crate::error::{PageError, PageResult, ok, see_other};
use crate::filters;
use crate::forms::Form;
use crate::layout::Layout;
use crate::paths::{DraftCandidatePath, LookupPath};
use crate::state::WebState;

/// The person the look-up found.
#[derive(Debug, Default, Deserialize)]
pub struct CandidateQuery {
    candidate: Option<String>,
}

/// The person chosen.
#[derive(Debug, Deserialize)]
pub struct CandidateForm {
    candidate: CandidateId,
}

/// The page.
#[derive(Template)]
#[template(path = "application_drafts/candidate.html")]
pub struct CandidatePage {
    layout: Layout,
    step: StepHeader,
    person: DraftCandidate,
    name: String,
    sees_identity: bool,
    /// The same, begun before.
    begun: Option<BegunBefore>,
}

/// Shows the person found, or chosen before; without one, leads to the look-up.
pub async fn get(
    _: DraftCandidatePath,
    State(state): State<WebState>,
    step: Opened,
    Query(query): Query<CandidateQuery>,
) -> PageResult {
    let found = match &query.candidate {
        Some(id) => Some(id.parse().map_err(|_| PageError::NotFound)?),
        None => step.open.draft.candidate,
    };
    let Some(found) = found else {
        return see_other(format!("{LookupPath}?draft={}", step.open.draft.id));
    };
    let person = drafts::proposed(&state, &step.ctx, &step.open, found).await?.ok_or(PageError::NotFound)?;
    let begun = BegunBefore::of(&state, &step.ctx, &step.open, Some(found)).await?;
    let header = step.header();
    ok(&CandidatePage {
        layout: step.layout,
        name: person.name_for(&step.ctx.actor),
        sees_identity: person.is_seen_by(&step.ctx.actor),
        step: StepHeader { candidate: None, holds: None, ..header },
        person,
        begun,
    })
}

/// Chooses the person.
pub async fn post(
    _: DraftCandidatePath,
    State(state): State<WebState>,
    step: Opened,
    Form(form): Form<CandidateForm>,
) -> PageResult {
    if let Some(elsewhere) = step.elsewhere() {
        return elsewhere;
    }
    step.save(&state, StepChoice::Candidate(form.candidate)).await
}
