//! `/application-drafts/new`: for which posts, and the one button that begins (SUB-20 to SUB-23, SUB-50).

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum_extra::extract::Query;
use iae_app::Ctx;
use iae_app::applications::drafts::{self, Begin, OpenDraft};
use iae_domain::Actor;
use iae_domain::actor::{CandidateActor, PrescriberActor};
use iae_domain::applications::SubmitRefused;
use iae_domain::eligibility::Withdrawn;
use iae_domain::ids::{CandidateId, JobDescriptionId, OrganisationId};
use serde::Deserialize;
use tower_sessions::Session;

use super::begun_before::BegunBefore;
use super::posts::{JobsForm, Posts};
use super::{nir, refused, step};
use crate::directory::search_path;
use crate::error::{PageError, PageResult, ok, page_with, see_other, unprocessable};
use crate::filters;
use crate::flash;
use crate::forms::{FieldErrors, Form};
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
    jobs: Vec<String>,
    spontaneous: Vec<String>,
    /// The draft that is given up, begun before for the same.
    anew: String,
}

impl StartForm {
    /// A company or a person that makes no sense is not found (SUB-20, SUB-21).
    fn parse(&self) -> PageResult<(OrganisationId, Option<CandidateId>)> {
        let company = self.company.parse().map_err(|_| PageError::NotFound)?;
        let candidate = match self.candidate.as_str() {
            "" => None,
            id => Some(id.parse().map_err(|_| PageError::NotFound)?),
        };
        Ok((company, candidate))
    }

    /// The posts that are named: they are read however many there are.
    fn wanted(&self) -> Vec<JobDescriptionId> {
        self.jobs.iter().chain([&self.job]).filter_map(|id| id.parse().ok()).collect()
    }

    /// What is ticked in advance: the post one comes from, when it is open there (SUB-20), else a spontaneous
    /// application.
    fn ticked(&self, open: &OpenDraft) -> JobsForm {
        let asked = open.applications.iter().flat_map(|one| &one.company.jobs);
        let jobs = asked.filter(|job| job.id.to_string() == self.job).map(|job| job.id.to_string()).collect();
        JobsForm { jobs, ..JobsForm::chosen_in(open) }
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
    posts: Vec<Posts>,
    /// The same, begun before.
    begun: Option<BegunBefore>,
    is_orienteur: bool,
    awaits_authorisation: bool,
    to_siae: bool,
    /// That the reader's own company may not prescribe to itself.
    withdrawn: Option<Withdrawn>,
    employer: EmployerPath,
    form: StartForm,
    errors: FieldErrors,
}

impl NewPage {
    /// The one that is given up by beginning again.
    fn replaced(&self) -> Option<&BegunBefore> {
        self.begun.as_ref().filter(|before| before.is_replaced)
    }

    fn takes_nothing(&self) -> bool {
        self.posts.iter().all(Posts::is_empty)
    }

    async fn new(
        state: &WebState,
        ctx: &Ctx<Actor>,
        (layout, open): (Layout, &OpenDraft),
        (form, ticked): (StartForm, &JobsForm),
        errors: FieldErrors,
    ) -> PageResult<Self> {
        let one = open.applications.first().ok_or(PageError::NotFound)?;
        let is_orienteur = PrescriberActor::try_from(ctx.actor.clone()).is_ok_and(|actor| !actor.authorised);
        Ok(Self {
            layout,
            company: one.company.name.clone(),
            city: one.company.city.clone(),
            candidate: open.candidate_name().filter(|_| !open.is_candidate()),
            posts: Posts::all(open, ticked),
            begun: BegunBefore::of(state, ctx, open, open.draft.candidate).await?,
            is_orienteur,
            awaits_authorisation: drafts::awaits_authorisation(state, ctx).await?,
            to_siae: open.is_to_siae(),
            withdrawn: open.withdrawn(),
            employer: EmployerPath { id: one.company.id },
            form,
            errors,
        })
    }
}

/// Asks for which posts, those one comes from ticked; writes nothing.
pub async fn get(
    _: NewDraftPath,
    State(state): State<WebState>,
    ctx: Ctx<Actor>,
    session: Session,
    Query(form): Query<StartForm>,
    layout: Layout,
) -> PageResult {
    let (company, candidate) = form.parse()?;
    let open = drafts::preview(&state, &ctx, company, &form.wanted(), candidate).await?;
    match open.check() {
        Err((one, SubmitRefused::CompanyBlocks)) => {
            let message = format!("{} a suspendu la réception des candidatures.", one.company.name);
            let title = "Cet employeur ne prend pas de candidature";
            return flash::not_done(&session, title, message, EmployerPath { id: company }).await;
        }
        Err((_, SubmitRefused::AppliedRecently)) | Ok(()) => {}
        Err((one, refusal)) => return refused::before_start(layout, &open, one, refusal),
    }
    let ticked = form.ticked(&open);
    ok(&NewPage::new(&state, &ctx, (layout, &open), (form, &ticked), FieldErrors::default()).await?)
}

/// Begins the application with its posts, and goes to what is left to do.
pub async fn post(
    _: DraftsPath,
    State(state): State<WebState>,
    ctx: Ctx<Actor>,
    layout: Layout,
    Form(form): Form<StartForm>,
) -> PageResult {
    let (company, candidate) = form.parse()?;
    let open = drafts::preview(&state, &ctx, company, &form.wanted(), candidate).await?;
    match open.check() {
        Err((_, SubmitRefused::AppliedRecently)) | Ok(()) => {}
        Err((one, refusal)) => return refused::before_start(layout, &open, one, refusal),
    }
    let ticked = JobsForm { jobs: form.jobs.clone(), spontaneous: form.spontaneous.clone() };
    let jobs = match ticked.read(&state, &open).await? {
        Ok(chosen) => chosen.into_iter().next().map(|(_, jobs)| jobs).unwrap_or_default(),
        Err(errors) => {
            let page = NewPage::new(&state, &ctx, (layout, &open), (form, &ticked), errors).await?;
            return unprocessable(&page);
        }
    };
    // Begun in another tab since the page was opened: never a second one beside it unasked.
    let begun = BegunBefore::of(&state, &ctx, &open, open.draft.candidate).await?;
    let begun = begun.filter(|before| before.is_replaced);
    if begun.as_ref().is_some_and(|before| before.id != form.anew) {
        let page =
            NewPage::new(&state, &ctx, (layout, &open), (form, &ticked), FieldErrors::default()).await?;
        return page_with(StatusCode::CONFLICT, &page);
    }
    let begin = Begin { company, jobs, candidate, search: search_path(&form.search) };
    let id = drafts::start(&state, &ctx, begin, form.anew.parse().ok().filter(|_| begun.is_some())).await?;
    if let Ok(person) = CandidateActor::try_from(ctx.actor.clone())
        && nir::is_asked(&state, &ctx.with(person)).await?
    {
        return see_other(DraftNirPath { id }.to_string());
    }
    let open = drafts::load(&state, &ctx, id).await?;
    see_other(step::href(id, open.next_missing()))
}
