//! `/application-drafts/{id}/previous`: the person was already proposed to this company (SUB-40, SUB-41).

use askama::Template;
use axum::extract::State;
use chrono::{DateTime, NaiveDate, Utc};
use iae_app::applications::drafts::{OpenApplication, OpenDraft};
use iae_domain::applications::SubmitRefused;
use iae_domain::applications::draft::{Step, StepChoice};
use iae_domain::applications::submit::SAME_COMPANY_DELAY;
use iae_domain::time::paris_date;
use serde::Deserialize;

use super::refused;
use super::step::{Opened, Posted, StepHeader};
use crate::error::{PageResult, ok};
use crate::filters;
use crate::layout::Layout;
use crate::paths::{DraftPreviousPath, EligibilityPath};
use crate::state::WebState;

/// The employers the page showed: the button confirms these, and no employer that was added meanwhile.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct PreviousForm {
    again: Vec<String>,
}

/// An employer the person was proposed to.
struct Earlier {
    id: String,
    company: String,
    last: DateTime<Utc>,
    last_day: NaiveDate,
    /// When it may be applied to again, within 24 hours.
    again_from: Option<DateTime<Utc>>,
}

/// The page.
#[derive(Template)]
#[template(path = "application_drafts/previous.html")]
pub struct PreviousPage {
    layout: Layout,
    step: StepHeader,
    earlier: Vec<Earlier>,
    today: NaiveDate,
    eligibility_href: Option<String>,
    eligibility_label: &'static str,
}

impl PreviousPage {
    fn may_apply_again(&self) -> bool {
        self.step.employers > self.earlier.iter().filter(|one| one.again_from.is_some()).count()
    }
}

/// Says when, and asks to confirm.
pub async fn get(_: DraftPreviousPath, step: Opened) -> PageResult {
    let open = &step.open;
    let earlier = |one: &OpenApplication| {
        let last = one.company.last_submitted_at?;
        let recent = open.check_one(one) == Err(SubmitRefused::AppliedRecently);
        Some(Earlier {
            id: one.company.id.to_string(),
            company: one.company.name.clone(),
            last,
            last_day: paris_date(last),
            again_from: recent.then(|| last + SAME_COMPANY_DELAY),
        })
    };
    ok(&PreviousPage {
        step: step.header(),
        earlier: open.applications.iter().filter_map(earlier).collect(),
        today: step.ctx.today(),
        eligibility_href: eligibility_href(open),
        eligibility_label: match open.current_diagnosis() {
            Some(_) => "Mettre à jour l’éligibilité IAE",
            None => "Valider l’éligibilité IAE",
        },
        layout: step.layout,
    })
}

/// A prescripteur habilité may only want to validate the eligibility (SUB-42), and comes back here.
fn eligibility_href(open: &OpenDraft) -> Option<String> {
    let candidate = open.draft.candidate?;
    let offered = open.steps().contains(&Step::Eligibility);
    offered.then(|| format!("{}?draft={}", EligibilityPath { id: candidate }, open.draft.id))
}

/// Applies again; not within 24 hours.
pub async fn post(
    _: DraftPreviousPath,
    State(state): State<WebState>,
    Posted { step, form }: Posted<PreviousForm>,
) -> PageResult {
    if let Err((one, refusal)) = step.open.check() {
        return refused::page(step.layout, &step.open, one, refusal);
    }
    let again = form.again.iter().filter_map(|id| id.parse().ok()).collect();
    step.save(&state, StepChoice::Previous(again)).await
}
