//! Applications being written, step by step, each step saved as one goes (rule book 02 §4).
//!
//! A draft belongs to its author in the organisation they acted for: to anyone else, or in another organisation, it
//! does not exist (SUB-9, SUB-12).

mod queries;
pub(crate) mod store;
mod tunnel;

use chrono::{DateTime, Utc};
use iae_domain::Actor;
use iae_domain::applications::draft::{self, DraftMessage, NewDraft, StepChoice};
use iae_domain::candidates::policy::{self, Standing};
use iae_domain::ids::{
    ApplicationDraftId, ApplicationId, CandidateId, DocumentId, JobDescriptionId, OrganisationId, UserId,
};
use iae_domain::text::masked;

pub(in crate::applications) use tunnel::load as load_around;
pub use tunnel::{DraftCandidate, DraftCompany, OpenJob, Tunnel};

use crate::error::{Error, Result};
use crate::{App, Ctx};

/// What its author wrote so far.
#[derive(Debug, Clone)]
pub struct Draft {
    /// Its id, the one the application will have.
    pub id: ApplicationDraftId,
    /// The company it is for.
    pub company: OrganisationId,
    /// The person, once chosen.
    pub candidate: Option<CandidateId>,
    /// Posts chosen.
    pub jobs: Vec<JobDescriptionId>,
    /// A spontaneous application was chosen.
    pub spontaneous: bool,
    /// Applying again is confirmed.
    pub previous_confirmed: bool,
    /// The eligibility step was gone through.
    pub eligibility_seen: bool,
    /// Message and consent.
    pub message: DraftMessage,
    /// The CV.
    pub cv: Option<DocumentId>,
    /// When it became an application.
    pub submitted_at: Option<DateTime<Utc>>,
}

/// The draft `id` with everything its steps need; nobody else's, and not once sent (SUB-9).
pub async fn load(app: &App, ctx: &Ctx<Actor>, id: ApplicationDraftId) -> Result<Tunnel> {
    let mut db = app.db.acquire().await?;
    let actor = ctx.actor_record();
    let user = actor.user.ok_or(Error::NotFound)?;
    let draft = store::find(&mut db, user, actor.organisation, id).await?;
    let draft = draft.filter(|draft| draft.submitted_at.is_none()).ok_or(Error::NotFound)?;
    tunnel::load(&mut db, ctx, draft).await
}

/// What a start from a company's card would lead to, before anything is written.
pub async fn preview(
    app: &App,
    ctx: &Ctx<Actor>,
    company: OrganisationId,
    candidate: Option<CandidateId>,
) -> Result<Tunnel> {
    let draft = Draft {
        id: ApplicationDraftId::at(ctx.now),
        company,
        candidate: own_or(ctx, candidate),
        jobs: vec![],
        spontaneous: false,
        previous_confirmed: false,
        eligibility_seen: false,
        message: DraftMessage::default(),
        cv: None,
        submitted_at: None,
    };
    tunnel::load(&mut *app.db.acquire().await?, ctx, draft).await
}

/// A candidate always applies for themselves (SUB-21).
fn own_or(ctx: &Ctx<Actor>, candidate: Option<CandidateId>) -> Option<CandidateId> {
    match &ctx.actor {
        Actor::Candidate(own) => Some(own.candidate),
        Actor::Prescriber(_) | Actor::Employer(_) | Actor::Inspector(_) | Actor::Staff(_) | Actor::System => {
            candidate
        }
    }
}

/// Begins an application to the company. A post that is not open there is ignored (SUB-20); a person the
/// organisation does not deal with is not found (SUB-21, D4).
pub async fn start(
    app: &App,
    ctx: &Ctx<Actor>,
    company: OrganisationId,
    job: Option<JobDescriptionId>,
    candidate: Option<CandidateId>,
) -> Result<ApplicationDraftId> {
    let tunnel = preview(app, ctx, company, candidate).await?;
    iae_domain::applications::policy::submit(&ctx.actor)?;
    let new = NewDraft {
        id: tunnel.draft.id,
        company,
        candidate: tunnel.draft.candidate,
        job: job.filter(|job| tunnel.company.jobs.iter().any(|open| open.id == *job)),
    };
    let mut tx = app.db.begin().await?;
    store::insert(app, &mut tx, ctx, draft::start(new)).await?;
    tx.commit().await?;
    Ok(tunnel.draft.id)
}

/// Saves a step of the draft. The person must be one the organisation deals with (D4).
pub async fn save(app: &App, ctx: &Ctx<Actor>, tunnel: &Tunnel, choice: StepChoice) -> Result<()> {
    let mut tx = app.db.begin().await?;
    if let StepChoice::Candidate(candidate) = choice {
        let organisation = ctx.actor_record().organisation;
        let person = queries::candidate(&mut tx, organisation, tunnel.company.id, candidate).await?;
        person.filter(|person| policy::may_open(&ctx.actor, &person.standing())).ok_or(Error::NotFound)?;
    }
    store::save(app, &mut tx, ctx, &tunnel.draft, draft::save(tunnel.draft.id, choice)).await?;
    tx.commit().await?;
    Ok(())
}

/// A person as the candidate step shows them before they are chosen; none when the organisation does not deal with
/// them (D4).
pub async fn proposed(
    app: &App,
    ctx: &Ctx<Actor>,
    tunnel: &Tunnel,
    candidate: CandidateId,
) -> Result<Option<DraftCandidate>> {
    if let Some(chosen) = tunnel.candidate.as_ref().filter(|chosen| chosen.id == candidate) {
        return Ok(Some(chosen.clone()));
    }
    let organisation = ctx.actor_record().organisation;
    let person =
        queries::candidate(&mut *app.db.acquire().await?, organisation, tunnel.company.id, candidate).await?;
    Ok(person.filter(|person| policy::may_open(&ctx.actor, &person.standing())))
}

/// A draft to be resumed, as the dashboard lists it.
#[derive(Debug, Clone)]
pub struct ResumableDraft {
    /// Its id.
    pub id: ApplicationDraftId,
    /// The company it is for.
    pub company_name: String,
    /// The person, as the author may read them.
    pub candidate_name: Option<String>,
    /// When it was last worked on.
    pub updated_at: DateTime<Utc>,
}

/// What the author has begun in the current organisation and not sent, the latest first.
pub async fn resumable(app: &App, ctx: &Ctx<Actor>) -> Result<Vec<ResumableDraft>> {
    let actor = ctx.actor_record();
    let Some(user) = actor.user else { return Ok(vec![]) };
    let rows = queries::resumable(&mut *app.db.acquire().await?, user, actor.organisation).await?;
    Ok(rows.into_iter().map(|row| row.shown(&ctx.actor)).collect())
}

/// A name as the actor may read it in a list of their own drafts, whose people their organisation deals with.
fn name_shown(actor: &Actor, first: &str, last: &str, created_by: Option<UserId>) -> String {
    let name = format!("{first} {}", last.to_uppercase());
    let candidate = CandidateId(uuid::Uuid::nil());
    let standing = Standing { candidate, created_by, is_related: true };
    let own = matches!(actor, Actor::Candidate(_));
    if own || policy::sees_identity(actor, &standing) { name } else { masked(&name) }
}

/// A sent application, as its end page shows it.
#[derive(Debug, Clone)]
pub struct SentApplication {
    /// Its id.
    pub id: ApplicationId,
    /// The person.
    pub candidate_id: CandidateId,
    /// The company.
    pub company_id: OrganisationId,
    /// Its name.
    pub company_name: String,
    first_name: String,
    last_name: String,
    /// The person's phone.
    pub phone: Option<String>,
    /// The person's e-mail.
    pub email: Option<String>,
    created_by: Option<UserId>,
    /// When it was sent.
    pub submitted_at: DateTime<Utc>,
}

impl SentApplication {
    /// The name as the sender may read it.
    pub fn candidate_name(&self, actor: &Actor) -> String {
        name_shown(actor, &self.first_name, &self.last_name, self.created_by)
    }

    /// Whether the sender may read and complete who the person is.
    pub fn sees_identity(&self, actor: &Actor) -> bool {
        let standing =
            Standing { candidate: self.candidate_id, created_by: self.created_by, is_related: true };
        policy::sees_identity(actor, &standing)
    }
}

/// The application `id` for the person who sent it, and nobody else (SUB-70).
pub async fn sent(app: &App, ctx: &Ctx<Actor>, id: ApplicationId) -> Result<Option<SentApplication>> {
    let Some(user) = ctx.actor_record().user else { return Ok(None) };
    queries::sent(&mut *app.db.acquire().await?, user, id).await
}
