//! `/controls/{id}/submission`: an SIAE submits all its proofs at once, after a recap of what leaves (rule book 04 §1.9).

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use chrono::NaiveDate;
use iae_app::control::controls::queries::defence::{Defence, MoveOf, defence};
use iae_app::control::controls::{SeenSubmission, submit};
use iae_app::{Ctx, Error, Failure};
use iae_domain::actor::EmployerActor;
use iae_domain::control::NotNow;
use serde::Deserialize;
use tower_sessions::Session;

use super::closed::closed;
use super::colleague;
use super::hire::{HireCard, ProofLine};
use super::messages::{meanwhile, submission_closed};
use crate::error::{PageError, PageResult, ok, page_with};
use crate::filters;
use crate::flash;
use crate::forms::Form;
use crate::layout::Layout;
use crate::paths::{ControlSubmissionPath, DashboardPath};
use crate::state::WebState;
use crate::transition::{instant, version};

/// The recap.
#[derive(Template)]
#[template(path = "control/defence/submission.html")]
pub struct SubmissionPage {
    layout: Layout,
    defence: Defence,
    hires: Vec<HireCard>,
    today: NaiveDate,
    /// What was given or chosen since the recap was read, and what to do of it (D32).
    happened: Option<String>,
}

/// What is confirmed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct SubmissionForm {
    /// What the recap was made from (D32).
    seen: String,
}

impl SubmissionForm {
    fn seen(&self) -> Option<SeenSubmission> {
        let (criteria, given) = self.seen.split_once('-')?;
        Some(SeenSubmission { criteria: criteria.parse().ok()?, given_at: instant(given) })
    }
}

impl SubmissionPage {
    fn new(layout: Layout, defence: Defence, today: NaiveDate) -> Self {
        Self { layout, hires: HireCard::all(&defence, today), defence, today, happened: None }
    }

    fn may_submit(&self) -> Result<(), NotNow> {
        self.defence.acting(self.today)?.may_submit(self.defence.control.raw())
    }

    /// What the recap is made from: how many criteria are defended, and the last proof that came.
    fn seen(&self) -> String {
        let SeenSubmission { criteria, given_at } = SeenSubmission::of(&self.defence.control);
        format!("{criteria}-{}", given_at.map(version).unwrap_or_default())
    }

    /// The hires of which something leaves, each with it.
    fn leaving(&self) -> Vec<(&HireCard, Vec<&ProofLine>)> {
        self.hires.iter().map(|hire| (hire, to_send(hire))).filter(|(_, lines)| !lines.is_empty()).collect()
    }

    /// The refused proofs that nothing replaces.
    fn left(&self) -> Vec<(&HireCard, &ProofLine)> {
        let lines = self.hires.iter().flat_map(|hire| hire.lines.iter().map(move |line| (hire, line)));
        lines.filter(|(_, line)| line.is_refused && line.may_give).collect()
    }

    /// What submitting does.
    const fn until_when(&self) -> &'static str {
        if self.defence.days.is_adversarial() { "la fin de la campagne" } else { "la phase contradictoire" }
    }
}

/// What leaves of a hire.
fn to_send(hire: &HireCard) -> Vec<&ProofLine> {
    hire.lines.iter().filter(|line| line.is_to_send).collect()
}

/// Shows what will be submitted.
pub async fn get(
    ControlSubmissionPath { id }: ControlSubmissionPath,
    State(state): State<WebState>,
    ctx: Ctx<EmployerActor>,
    layout: Layout,
) -> PageResult {
    let page = SubmissionPage::new(layout, defence(&state, &ctx, id).await?, ctx.today());
    match page.may_submit() {
        Ok(()) => ok(&page),
        Err(NotNow::Ended) => Err(PageError::NotFound),
        Err(NotNow::Frozen | NotNow::Settled) => {
            let why = submission_closed(&page.defence, ctx.today());
            closed(page.layout, &page.defence.control, "Rien ne peut être transmis aujourd’hui", why)
        }
    }
}

/// Submits it, when it is what the recap said.
pub async fn post(
    ControlSubmissionPath { id }: ControlSubmissionPath,
    State(state): State<WebState>,
    ctx: Ctx<EmployerActor>,
    session: Session,
    layout: Layout,
    Form(form): Form<SubmissionForm>,
) -> PageResult {
    let before = SubmissionPage::new(layout, defence(&state, &ctx, id).await?, ctx.today());
    // A form that says nothing saw nothing.
    let seen = form.seen().unwrap_or(SeenSubmission { criteria: 0, given_at: None });
    match submit(&state, &ctx, id, Some(seen)).await {
        Ok(()) => {
            let told = format!("La DDETS est prévenue. Plus rien ne change avant {}.", before.until_when());
            flash::done(&session, "Justificatifs transmis à la DDETS", told, DashboardPath).await
        }
        Err(Failure::App(Error::Conflict)) => {
            let acted = colleague::last(&state, &ctx, id, &colleague::CHANGES, MoveOf::Control).await?;
            let acted = acted.map(|acted| format!("{} ", acted.said())).unwrap_or_default();
            let happened =
                format!("{acted}Rien n’a été transmis. Relisez ce qui sera transmis, puis confirmez.");
            let now = SubmissionPage::new(before.layout, defence(&state, &ctx, id).await?, ctx.today());
            page_with(StatusCode::CONFLICT, &SubmissionPage { happened: Some(happened), ..now })
        }
        Err(Failure::Refused(why)) => Err(meanwhile(&state, &ctx, id, why).await?),
        Err(Failure::App(error)) => Err(error.into()),
    }
}
