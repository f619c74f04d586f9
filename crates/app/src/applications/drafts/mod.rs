//! Applications being written, step by step, each step saved as one goes (rule book 02 §4).
//!
//! A draft belongs to its author in the organisation they acted for: to anyone else, or in another organisation, it
//! does not exist (SUB-9, SUB-12).

pub(in crate::applications) mod facts;
pub(crate) mod store;

use chrono::{DateTime, NaiveDate, Utc};
use iae_domain::Actor;
use iae_domain::applications::draft::{self, DraftFacts, DraftMessage, NewDraft, Step, StepChoice};
use iae_domain::applications::submit::{SubmitFacts, SubmitRefused, may_apply};
use iae_domain::candidates::policy::{self, Standing};
use iae_domain::directory::ContractType;
use iae_domain::eligibility::{Diagnosis, Viewer, last_considered_valid};
use iae_domain::ids::{
    ApplicationDraftId, ApplicationId, CandidateId, DocumentId, JobDescriptionId, OrganisationId, UserId,
};
use iae_domain::organisations::CompanyKind;
use iae_domain::pass::{Pass, waiting_period};
use iae_domain::text::{NonBlank, masked};

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

/// The company an application is for.
#[derive(Debug, Clone)]
pub struct DraftCompany {
    /// Its id.
    pub id: OrganisationId,
    /// Its kind.
    pub kind: CompanyKind,
    /// Its name as shown.
    pub name: String,
    /// Its town.
    pub city: String,
    /// It takes no application.
    pub blocks: bool,
    /// It takes spontaneous applications.
    pub spontaneous_open: bool,
    /// Someone would receive the application.
    pub has_members: bool,
}

/// The person an application is for.
#[derive(Debug, Clone)]
pub struct DraftCandidate {
    /// Their id.
    pub id: CandidateId,
    pub(crate) first_name: String,
    pub(crate) last_name: String,
    /// E-mail.
    pub email: Option<String>,
    /// Phone.
    pub phone: Option<String>,
    /// Birth date.
    pub birth_date: Option<NaiveDate>,
    /// Town.
    pub city: String,
    /// Who created the file.
    pub created_by: Option<UserId>,
    /// Whether the current organisation may deal with them (D4).
    pub related: bool,
    /// Their last application to the company, by whoever.
    pub last_submitted_at: Option<DateTime<Utc>>,
}

impl DraftCandidate {
    fn standing(&self) -> Standing {
        Standing { candidate: self.id, created_by: self.created_by, is_related: self.related }
    }

    /// Whether the actor may read who the person is.
    pub fn is_seen_by(&self, actor: &Actor) -> bool {
        policy::sees_identity(actor, &self.standing())
    }

    /// The name as the actor may read it (PII-4, PII-5).
    pub fn name_for(&self, actor: &Actor) -> String {
        let name = format!("{} {}", self.first_name, self.last_name.to_uppercase());
        if self.is_seen_by(actor) { name } else { masked(&name) }
    }
}

/// A post one may apply to.
#[derive(Debug, Clone)]
pub struct OpenJob {
    /// Its id.
    pub id: JobDescriptionId,
    /// Its name.
    pub name: String,
    /// Where the work is.
    pub place: String,
    /// Its contract.
    pub contract_type: ContractType,
    /// Its hours a week.
    pub weekly_hours: Option<i16>,
    /// The employer expects a CV.
    pub cv_required: bool,
    /// At most one application in three weeks (SUB-52).
    pub few_applications: bool,
}

/// An application being written, with everything its steps decide on, read on this very request: nothing is trusted
/// from one step to the next (rule book 02 §4.2).
#[derive(Debug, Clone)]
pub struct Tunnel {
    /// What is written.
    pub draft: Draft,
    /// The company.
    pub company: DraftCompany,
    /// The person, once chosen.
    pub candidate: Option<DraftCandidate>,
    /// Posts open at the company.
    pub jobs: Vec<OpenJob>,
    /// Every diagnosis of the person.
    pub diagnoses: Vec<Diagnosis>,
    /// Every PASS of the person.
    pub passes: Vec<Pass>,
    actor: Actor,
    now: DateTime<Utc>,
    today: NaiveDate,
}

impl Tunnel {
    /// What decides which steps there are and which are done.
    pub fn facts(&self) -> DraftFacts {
        let draft = &self.draft;
        let spoken = NonBlank::parse(&draft.message.text).is_some() || self.is_own_company();
        let declaration = draft.message.declaration;
        let consented = self.is_candidate() || (declaration.informed && declaration.consents);
        let open = draft.jobs.iter().any(|job| self.jobs.iter().any(|open| open.id == *job));
        let spontaneous = draft.spontaneous && (self.company.spontaneous_open || self.is_own_company());
        DraftFacts {
            has_candidate: self.candidate.is_some(),
            applied_before: self.last_submitted_at().is_some(),
            previous_confirmed: draft.previous_confirmed,
            jobs_chosen: open || spontaneous,
            to_siae: self.company.kind.is_siae(),
            has_valid_pass: self.valid_pass().is_some(),
            eligibility_seen: draft.eligibility_seen,
            message_done: spoken && consented,
        }
    }

    /// The steps, in order.
    pub fn steps(&self) -> Vec<Step> {
        draft::steps(&self.actor, &self.facts())
    }

    /// The first step with something left to do.
    pub fn next_missing(&self) -> Step {
        draft::next_missing(&self.actor, &self.facts())
    }

    /// Whether a step can be opened now.
    pub fn may_open(&self, step: Step) -> bool {
        draft::may_open(&self.actor, &self.facts(), step)
    }

    /// The name as the sender may read it (PII-4, PII-5).
    pub fn candidate_name(&self) -> Option<String> {
        self.candidate.as_ref().map(|person| person.name_for(&self.actor))
    }

    /// The person's valid PASS.
    pub fn valid_pass(&self) -> Option<&Pass> {
        waiting_period::latest_pass(&self.passes, self.today)
            .filter(|_| waiting_period::has_valid_pass(&self.passes, self.today))
    }

    /// The diagnosis that holds in the eyes of prescribers (ELI-5: never an employer's).
    pub fn current_diagnosis(&self) -> Option<&Diagnosis> {
        let has_pass = self.valid_pass().is_some();
        last_considered_valid(&self.diagnoses, Viewer::Prescriber, has_pass, self.today)
    }

    /// When the person was last proposed to the company.
    pub fn last_submitted_at(&self) -> Option<DateTime<Utc>> {
        self.candidate.as_ref()?.last_submitted_at
    }

    /// The sender applies to their own company (auto-prescription).
    pub fn is_own_company(&self) -> bool {
        matches!(&self.actor, Actor::Employer(employer) if employer.organisation == self.company.id)
    }

    /// The sender is the person.
    pub const fn is_candidate(&self) -> bool {
        matches!(self.actor, Actor::Candidate(_))
    }

    /// The checks of rule book 02 §4.2, again at every step.
    pub fn check(&self) -> Result<(), SubmitRefused> {
        may_apply(&self.actor, &self.submit_facts(), self.now)
    }

    /// What the rules of submission need.
    pub fn submit_facts(&self) -> SubmitFacts {
        facts::of(
            &self.company,
            self.candidate.as_ref(),
            &self.jobs,
            &self.diagnoses,
            &self.passes,
            self.today,
        )
    }
}

/// The draft `id` with everything its steps need; nobody else's, and not once sent (SUB-9).
pub async fn load(app: &App, ctx: &Ctx<Actor>, id: ApplicationDraftId) -> Result<Tunnel> {
    let mut db = app.db.acquire().await?;
    let actor = ctx.actor_record();
    let user = actor.user.ok_or(Error::NotFound)?;
    let draft = store::find(&mut db, user, actor.organisation, id).await?;
    let draft = draft.filter(|draft| draft.submitted_at.is_none()).ok_or(Error::NotFound)?;
    facts::load(&mut db, ctx, draft).await
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
    facts::load(&mut *app.db.acquire().await?, ctx, draft).await
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
        job: job.filter(|job| tunnel.jobs.iter().any(|open| open.id == *job)),
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
        let person = store::candidate(&mut tx, organisation, tunnel.company.id, candidate).await?;
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
    let organisation = ctx.actor_record().organisation;
    let person =
        store::candidate(&mut *app.db.acquire().await?, organisation, tunnel.company.id, candidate).await?;
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
    let rows = store::resumable(&mut *app.db.acquire().await?, user, actor.organisation).await?;
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
    store::sent(&mut *app.db.acquire().await?, user, id).await
}
