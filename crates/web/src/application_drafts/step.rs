//! What every step does before showing anything: read the draft again, check the rules again, and send whoever
//! skipped a step back to it.

use axum::extract::{FromRequest, Request};
use axum::response::Response;
use iae_app::applications::drafts::{self, Tunnel};
use iae_app::{App, Ctx};
use iae_domain::Actor;
use iae_domain::applications::SubmitRefused;
use iae_domain::applications::draft::Step;
use iae_domain::ids::{ApplicationDraftId, CandidateId};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::refused;
use crate::error::{PageError, PageResult, see_other};
use crate::forms;
use crate::french;
use crate::layout::Layout;
use crate::state::WebState;

/// What surrounds a step.
pub(super) struct Frame {
    pub id: ApplicationDraftId,
    /// The person's id, empty while nobody is chosen: every form of a step says for whom it was made.
    pub person: String,
    pub title: &'static str,
    pub current: u8,
    pub total: u8,
    pub next: &'static str,
    pub back: Option<String>,
    pub company: String,
    pub candidate: Option<String>,
    pub holds: Option<String>,
}

impl Frame {
    /// The frame of a step of this draft.
    pub(super) fn of(tunnel: &Tunnel, step: Step) -> Self {
        let steps = tunnel.steps();
        let index = steps.iter().position(|other| *other == step).unwrap_or_default();
        let number = |value: usize| u8::try_from(value).unwrap_or(u8::MAX);
        let before = index.checked_sub(1).and_then(|before| steps.get(before));
        Self {
            id: tunnel.draft.id,
            person: tunnel.draft.candidate.map(|id| id.to_string()).unwrap_or_default(),
            title: step.label(),
            current: number(index + 1),
            total: number(steps.len()),
            next: steps.get(index + 1).map_or("", |next| next.label()),
            back: before.map(|before| href(tunnel.draft.id, *before)),
            company: tunnel.company.name.clone(),
            candidate: tunnel.candidate_name().filter(|_| !tunnel.is_candidate()),
            holds: holds(tunnel),
        }
    }
}

/// What the person already holds, and until when.
fn holds(tunnel: &Tunnel) -> Option<String> {
    if !tunnel.company.kind.is_siae() {
        return None;
    }
    if let Some(pass) = tunnel.valid_pass() {
        return Some(format!("PASS IAE valide jusqu'au {}", french::date(pass.period.end)));
    }
    let diagnosis = tunnel.current_diagnosis()?;
    let last_day = diagnosis.expires_on.pred_opt().unwrap_or(diagnosis.expires_on);
    Some(format!("Éligibilité validée jusqu'au {}", french::date(last_day)))
}

/// The address of a step.
pub(super) fn href(id: ApplicationDraftId, step: Step) -> String {
    format!("/application-drafts/{id}/{}", step.code())
}

/// The draft, when this step may be shown; else what is shown instead.
pub(super) async fn open(
    app: &App,
    ctx: &Ctx<Actor>,
    layout: &Layout,
    id: ApplicationDraftId,
    step: Step,
) -> PageResult<Result<Tunnel, Response>> {
    opened(drafts::load(app, ctx, id).await?, layout, step)
}

/// The tunnel, when the rules and the steps before allow this one.
fn opened(tunnel: Tunnel, layout: &Layout, step: Step) -> PageResult<Result<Tunnel, Response>> {
    let id = tunnel.draft.id;
    if let Err(refusal) = tunnel.check()
        && !(refusal == SubmitRefused::AppliedRecently
            && matches!(step, Step::Candidate | Step::Completion | Step::Previous))
    {
        return Ok(Err(refused::page(layout.clone(), &tunnel, refusal)?));
    }
    if tunnel.may_open(step) {
        return Ok(Ok(tunnel));
    }
    Ok(Err(see_other(href(id, tunnel.next_missing()))?))
}

/// The same for a form of the step, made for `person`: what was read and agreed about one is never written about
/// another, chosen meanwhile in another tab.
pub(super) async fn open_posted(
    app: &App,
    ctx: &Ctx<Actor>,
    layout: &Layout,
    id: ApplicationDraftId,
    step: Step,
    person: Option<CandidateId>,
) -> PageResult<Result<Tunnel, Response>> {
    let tunnel = drafts::load(app, ctx, id).await?;
    if tunnel.draft.candidate == person { opened(tunnel, layout, step) } else { Err(other_person(&tunnel)) }
}

/// The person was changed in another tab: nothing was written.
pub(super) fn other_person(tunnel: &Tunnel) -> PageError {
    PageError::Conflict {
        message: "Dans un autre onglet, vous avez choisi quelqu'un d'autre pour cette candidature."
            .to_owned(),
        link: Some(("Reprendre la candidature".to_owned(), href(tunnel.draft.id, tunnel.next_missing()))),
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

/// To the step after this one, whatever was just saved.
pub(super) async fn go_on(app: &App, ctx: &Ctx<Actor>, id: ApplicationDraftId, from: Step) -> PageResult {
    let tunnel = drafts::load(app, ctx, id).await?;
    let steps = tunnel.steps();
    let after = steps.iter().position(|step| *step == from).and_then(|index| steps.get(index + 1));
    let next = after.copied().filter(|next| tunnel.may_open(*next));
    see_other(href(id, next.unwrap_or_else(|| tunnel.next_missing())))
}
