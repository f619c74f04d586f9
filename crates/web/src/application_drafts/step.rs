//! What every step does before showing anything: read the draft again, check the rules again, and send whoever
//! skipped a step back to it.

use axum::extract::{FromRequest, FromRequestParts, Path, Request};
use axum::http::Method;
use axum::http::request::Parts;
use axum::response::{IntoResponse as _, Response};
use iae_app::applications::drafts::{self, DraftCandidate, OpenDraft};
use iae_app::{App, Ctx, Error};
use iae_domain::Actor;
use iae_domain::applications::SubmitRefused;
use iae_domain::applications::draft::{Step, StepChoice};
use iae_domain::ids::{ApplicationDraftId, CandidateId};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::messages::listed;
use super::{already_sent, refused};
use crate::error::{PageError, PageResult, see_other};
use crate::forms;
use crate::french;
use crate::layout::Layout;
use crate::paths::{
    DraftCandidatePath, DraftCompletionPath, DraftEligibilityPath, DraftJobsPath, DraftMessagePath,
    DraftPreviousPath, DraftSummaryPath,
};
use crate::state::WebState;

/// What stands above a step: its number, whom it is about, where it comes from and leads to.
pub(super) struct StepHeader {
    pub id: ApplicationDraftId,
    /// The person's id, empty while nobody is chosen: every form of a step says for whom it was made.
    pub person: String,
    pub title: &'static str,
    pub current: u8,
    pub total: u8,
    pub next: &'static str,
    pub back: Option<String>,
    /// The employers, named.
    pub company: String,
    /// How many there are.
    pub employers: usize,
    pub candidate: Option<String>,
    pub holds: Option<String>,
}

impl StepHeader {
    /// The header of a step of this draft.
    pub(super) fn of(open: &OpenDraft, step: Step) -> Self {
        let steps = open.steps();
        let index = steps.iter().position(|other| *other == step).unwrap_or_default();
        let number = |value: usize| u8::try_from(value).unwrap_or(u8::MAX);
        let before = index.checked_sub(1).and_then(|before| steps.get(before));
        Self {
            id: open.draft.id,
            person: open.draft.candidate.map(|id| id.to_string()).unwrap_or_default(),
            title: step.label(),
            current: number(index + 1),
            total: number(steps.len()),
            next: steps.get(index + 1).map_or("", |next| next.label()),
            back: before.map(|before| href(open.draft.id, *before)),
            company: listed(&open.applications.iter().map(|one| &one.company.name).collect::<Vec<_>>()),
            employers: open.applications.len(),
            candidate: open.candidate_name().filter(|_| !open.is_candidate()),
            holds: holds(open),
        }
    }
}

/// What the person already holds, and until when.
fn holds(open: &OpenDraft) -> Option<String> {
    if !open.is_to_siae() {
        return None;
    }
    if let Some(pass) = open.valid_pass() {
        return Some(format!("PASS IAE valide jusqu’au {}", french::date(pass.parcours.end())));
    }
    let diagnosis = open.current_diagnosis()?;
    let last_day = diagnosis.expires_on.pred_opt().unwrap_or(diagnosis.expires_on);
    Some(format!("Éligibilité validée jusqu’au {}", french::date(last_day)))
}

/// The address of a step.
pub(super) fn href(id: ApplicationDraftId, step: Step) -> String {
    match step {
        Step::Candidate => DraftCandidatePath { id }.to_string(),
        Step::Completion => DraftCompletionPath { id }.to_string(),
        Step::Previous => DraftPreviousPath { id }.to_string(),
        Step::Jobs => DraftJobsPath { id }.to_string(),
        Step::Eligibility => DraftEligibilityPath { id }.to_string(),
        Step::Message => DraftMessagePath { id }.to_string(),
        Step::Summary => DraftSummaryPath { id }.to_string(),
    }
}

/// A step, with everything around the draft, read once for the whole request: draft and step are those of the address.
/// Whoever may not open it gets the page of the refusal, or the step that comes first; of a form, [`Posted`] asks, since it
/// says first for whom it was made.
#[derive(Debug)]
pub struct Opened {
    /// Who writes the application.
    pub(super) ctx: Ctx<Actor>,
    /// The frame of the page.
    pub(super) layout: Layout,
    /// The application being written.
    pub(super) open: OpenDraft,
    step: Step,
    /// Its form is posted.
    posted: bool,
}

impl FromRequestParts<WebState> for Opened {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &WebState) -> Result<Self, Response> {
        let refused = PageError::into_response;
        let ctx = <Ctx<Actor> as FromRequestParts<WebState>>::from_request_parts(parts, state).await;
        let ctx = ctx.map_err(refused)?;
        let Ok(layout) = Layout::from_request_parts(parts, state).await;
        let id = Path::<ApplicationDraftId>::from_request_parts(parts, state).await;
        let Path(id) = id.map_err(PageError::from).map_err(refused)?;
        let step = parts.uri.path().rsplit('/').next().and_then(Step::parse);
        let step = step.ok_or(PageError::NotFound).map_err(refused)?;
        let open = match drafts::load(state, &ctx, id).await {
            Ok(open) => open,
            Err(Error::NotFound) => {
                let sent = already_sent::page(state, &ctx, layout, id).await;
                return Err(sent.unwrap_or_else(refused));
            }
            Err(error) => return Err(refused(error.into())),
        };
        let opened = Self { ctx, layout, open, step, posted: parts.method == Method::POST };
        match opened.elsewhere() {
            Some(elsewhere) if !opened.posted => Err(elsewhere.unwrap_or_else(refused)),
            Some(_) | None => Ok(opened),
        }
    }
}

impl Opened {
    /// What is shown in the place of a step that the rules, or the steps before, do not allow.
    pub(super) fn elsewhere(&self) -> Option<PageResult> {
        let Self { layout, open, step, posted, .. } = self;
        // Whom the company may not record for itself makes room for someone else.
        let is_left_open = |refusal: SubmitRefused| match step {
            Step::Candidate => {
                matches!(refusal, SubmitRefused::AppliedRecently | SubmitRefused::Withdrawn(_))
            }
            Step::Completion | Step::Previous => refusal == SubmitRefused::AppliedRecently,
            Step::Jobs | Step::Eligibility | Step::Message | Step::Summary => false,
        };
        if let Err((one, refusal)) = open.check()
            && !is_left_open(refusal)
        {
            return Some(refused::page(layout.clone(), open, one, refusal));
        }
        let may = if *posted { open.may_save(*step) } else { open.may_open(*step) };
        (!may).then(|| see_other(href(open.draft.id, open.next_missing())))
    }

    /// The header of the step.
    pub(super) fn header(&self) -> StepHeader {
        StepHeader::of(&self.open, self.step)
    }

    /// The same for a form made for `person`: what was read and agreed about one is never written about another, chosen
    /// meanwhile in another tab. Whoever sees a masked file does not complete it, whatever they post (SUB-31).
    pub(super) fn elsewhere_for(&self, person: Option<CandidateId>) -> Option<PageResult> {
        let masked = |person: &DraftCandidate| person.is_incomplete() && !person.is_seen_by(&self.ctx.actor);
        if self.step == Step::Completion && self.open.candidate.as_ref().is_some_and(masked) {
            return Some(Err(PageError::Forbidden {
                reserved_for: "à ceux qui voient l’identité de la personne",
            }));
        }
        if self.open.draft.candidate == person {
            self.elsewhere()
        } else {
            Some(Err(other_person(&self.open)))
        }
    }

    /// Saves what the step decides, and goes on.
    pub(super) async fn save(&self, app: &App, choice: StepChoice) -> PageResult {
        drafts::save(app, &self.ctx, &self.open, choice).await?;
        self.go_on(app).await
    }

    /// To the first step that is left to do: whoever came back to change one thing is at the summary again.
    pub(super) async fn go_on(&self, app: &App) -> PageResult {
        let id = self.open.draft.id;
        let open = drafts::load(app, &self.ctx, id).await?;
        see_other(href(id, open.next_missing()))
    }
}

/// The form of a step that may be opened, made for the person chosen.
#[derive(Debug)]
pub struct Posted<T> {
    /// The step.
    pub(super) step: Opened,
    /// What was filled in.
    pub(super) form: T,
}

impl<T: DeserializeOwned> FromRequest<WebState> for Posted<T> {
    type Rejection = Response;

    async fn from_request(request: Request, state: &WebState) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let step = Opened::from_request_parts(&mut parts, state).await?;
        let posted = StepForm::from_request(Request::from_parts(parts, body), state).await;
        let StepForm { person, form } = posted.map_err(PageError::into_response)?;
        match step.elsewhere_for(person) {
            Some(elsewhere) => Err(elsewhere.unwrap_or_else(PageError::into_response)),
            None => Ok(Self { step, form }),
        }
    }
}

/// The person was changed in another tab: nothing was written.
pub(super) fn other_person(open: &OpenDraft) -> PageError {
    PageError::Conflict {
        message: "Dans un autre onglet, vous avez choisi quelqu’un d’autre pour cette candidature."
            .to_owned(),
        link: Some(("Reprendre la candidature".to_owned(), href(open.draft.id, open.next_missing()))),
    }
}

/// A form of a step, with the person it was made for: macro `field::hidden("person", step.person)`.
#[derive(Debug)]
pub struct StepForm<T> {
    pub(super) person: Option<CandidateId>,
    pub(super) form: T,
}

#[derive(Deserialize)]
struct MadeFor {
    #[serde(default)]
    person: String,
}

impl<T: DeserializeOwned> FromRequest<WebState> for StepForm<T> {
    type Rejection = PageError;

    async fn from_request(request: Request, state: &WebState) -> Result<Self, PageError> {
        let bytes = forms::read_checked(request, state).await?;
        let MadeFor { person } = forms::parse(&bytes)?;
        Ok(Self { person: person.parse().ok(), form: forms::parse(&bytes)? })
    }
}
