//! `/application-drafts/{id}/previous`: the person was already proposed to this company (SUB-40, SUB-41).

use askama::Template;
use axum::extract::State;
use chrono::{DateTime, NaiveDate, Utc};
use iae_app::applications::drafts::OpenDraft;
use iae_domain::applications::SubmitRefused;
use iae_domain::applications::draft::{Step, StepChoice};
use iae_domain::applications::submit::SAME_COMPANY_DELAY;
use iae_domain::time::paris_date;
use serde::Deserialize;

use super::refused;
use super::step::{Opened, Posted, StepHeader};
use crate::error::{PageError, PageResult, ok};
use crate::filters;
use crate::layout::Layout;
use crate::paths::{DraftPreviousPath, EligibilityPath};
use crate::state::WebState;

/// Nothing to fill in: the button is the confirmation.
#[derive(Debug, Deserialize)]
pub struct PreviousForm {}

/// The page.
#[derive(Template)]
#[template(path = "application_drafts/previous.html")]
pub struct PreviousPage {
    layout: Layout,
    step: StepHeader,
    last: DateTime<Utc>,
    last_day: NaiveDate,
    today: NaiveDate,
    again_from: Option<DateTime<Utc>>,
    eligibility_href: Option<String>,
    eligibility_label: &'static str,
}

/// Says when, and asks to confirm.
pub async fn get(_: DraftPreviousPath, step: Opened) -> PageResult {
    let open = &step.open;
    let last = open.last_submitted_at().ok_or(PageError::NotFound)?;
    let recent = open.check() == Err(SubmitRefused::AppliedRecently);
    ok(&PreviousPage {
        step: step.header(),
        last,
        last_day: paris_date(last),
        today: step.ctx.today(),
        again_from: recent.then(|| last + SAME_COMPANY_DELAY),
        eligibility_href: eligibility_href(open),
        eligibility_label: match open.current_diagnosis() {
            Some(_) => "Mettre à jour l'éligibilité IAE",
            None => "Valider l'éligibilité IAE",
        },
        layout: step.layout,
    })
}

/// A prescripteur habilité may only want to validate the eligibility (SUB-42).
fn eligibility_href(open: &OpenDraft) -> Option<String> {
    let candidate = open.draft.candidate?;
    let offered = open.steps().contains(&Step::Eligibility);
    offered.then(|| EligibilityPath { id: candidate }.to_string())
}

/// Applies again; not within 24 hours.
pub async fn post(
    _: DraftPreviousPath,
    State(state): State<WebState>,
    Posted { step, form: PreviousForm {} }: Posted<PreviousForm>,
) -> PageResult {
    if let Err(refusal) = step.open.check() {
        return refused::page(step.layout, &step.open, refusal);
    }
    step.save(&state, StepChoice::Previous).await
}
