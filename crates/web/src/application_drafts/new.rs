//! `/application-drafts/new`: what applying will take, and the one button that begins (SUB-20 to SUB-23).

use askama::Template;
use axum::extract::State;
use axum_extra::extract::Query;
use iae_app::Ctx;
use iae_app::applications::drafts;
use iae_domain::Actor;
use iae_domain::actor::{CandidateActor, PrescriberActor};
use iae_domain::applications::SubmitRefused;
use iae_domain::applications::draft::Step;
use iae_domain::ids::{CandidateId, JobDescriptionId, OrganisationId};
use serde::Deserialize;
use tower_sessions::Session;

use super::{nir, refused, step};
use crate::directory::search_path;
use crate::error::{PageError, PageResult, ok, see_other};
use crate::flash;
use crate::forms::Form;
use crate::layout::Layout;
use crate::paths::{DraftNirPath, DraftsPath, EmployerPath, NewDraftPath};
use crate::state::WebState;

/// To whom, for which post, for whom.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct StartForm {
    company: String,
    job: String,
    candidate: String,
    search: String,
}

impl StartForm {
    /// A company or a person that makes no sense is not found; such a post is ignored (SUB-20, SUB-21).
    fn parse(&self) -> PageResult<(OrganisationId, Option<JobDescriptionId>, Option<CandidateId>)> {
        let company = self.company.parse().map_err(|_| PageError::NotFound)?;
        let candidate = match self.candidate.as_str() {
            "" => None,
            id => Some(id.parse().map_err(|_| PageError::NotFound)?),
        };
        Ok((company, self.job.parse().ok(), candidate))
    }
}

/// The page.
#[derive(Template)]
#[template(path = "application_drafts/new.html")]
pub struct NewPage {
    layout: Layout,
    company: String,
    city: String,
    candidate: Option<String>,
    job: Option<String>,
    steps: Vec<Step>,
    is_orienteur: bool,
    awaits_authorisation: bool,
    to_siae: bool,
    employer: EmployerPath,
    form: StartForm,
}

/// Says what applying takes; writes nothing.
pub async fn get(
    _: NewDraftPath,
    State(state): State<WebState>,
    ctx: Ctx<Actor>,
    session: Session,
    Query(form): Query<StartForm>,
    layout: Layout,
) -> PageResult {
    let (company, job, candidate) = form.parse()?;
    let open = drafts::preview(&state, &ctx, company, candidate).await?;
    match open.check() {
        Err(SubmitRefused::CompanyBlocks) => {
            let message = format!("{} a suspendu la réception des candidatures.", open.company.name);
            let title = "Cet employeur ne prend pas de candidature";
            return flash::not_done(&session, title, message, EmployerPath { id: company }).await;
        }
        Err(SubmitRefused::AppliedRecently) | Ok(()) => {}
        Err(refusal) => return refused::page(layout, &open, refusal),
    }
    ok(&NewPage {
        layout,
        company: open.company.name.clone(),
        city: open.company.city.clone(),
        candidate: open.candidate_name().filter(|_| !open.is_candidate()),
        job: open
            .company
            .jobs
            .iter()
            .find(|offered| Some(offered.id) == job)
            .map(|offered| offered.name.clone()),
        steps: open.steps(),
        is_orienteur: PrescriberActor::try_from(ctx.actor.clone()).is_ok_and(|actor| !actor.authorised),
        awaits_authorisation: drafts::awaits_authorisation(&state, &ctx).await?,
        to_siae: open.company.kind.is_siae(),
        employer: EmployerPath { id: company },
        form,
    })
}

/// Begins the application, and goes to its first step.
pub async fn post(
    _: DraftsPath,
    State(state): State<WebState>,
    ctx: Ctx<Actor>,
    layout: Layout,
    Form(form): Form<StartForm>,
) -> PageResult {
    let (company, job, candidate) = form.parse()?;
    let open = drafts::preview(&state, &ctx, company, candidate).await?;
    match open.check() {
        Err(SubmitRefused::AppliedRecently) | Ok(()) => {}
        Err(refusal) => return refused::page(layout, &open, refusal),
    }
    let search = search_path(&form.search);
    let id = drafts::start(&state, &ctx, company, job, candidate, search).await?;
    if let Ok(person) = CandidateActor::try_from(ctx.actor.clone())
        && nir::is_asked(&state, &ctx.with(person)).await?
    {
        return see_other(DraftNirPath { id }.to_string());
    }
    let open = drafts::load(&state, &ctx, id).await?;
    // The post one comes from is chosen in advance, and still shown: others may suit as well.
    let next = match open.next_missing() {
        Step::Eligibility | Step::Message => Step::Jobs,
        other => other,
    };
    see_other(step::href(id, next))
}
