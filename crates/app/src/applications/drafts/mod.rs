//! Applications being written for one person, step by step, each step saved as one goes (rule book 02 §4): one for
//! each employer of the draft (ADR 24).
//!
//! A draft belongs to its author in the organisation they acted for: to anyone else, or in another organisation, it
//! does not exist (SUB-9, SUB-12).

mod cv;
mod employers;
mod ending;
mod open;
mod parties;
mod queries;
mod resumable;
mod sent;
mod start;
pub(crate) mod store;

use chrono::{DateTime, Utc};
use iae_domain::Actor;
use iae_domain::actor::PrescriberActor;
use iae_domain::applications::draft::{self, DraftMessage, StepChoice, UnfinishedDiagnosis};
use iae_domain::candidates::policy;
use iae_domain::ids::{ApplicationDraftId, ApplicationId, CandidateId, JobDescriptionId, OrganisationId};
use serde::{Deserialize, Serialize};

pub use cv::{attach_cv, may_attach, remove_cv};
pub use employers::{Around, add_employer, around, remove_employer};
pub use ending::{Ending, ending};
pub(in crate::applications) use open::load as load_around;
pub use open::{ClosedChoice, OpenApplication, OpenDraft};
pub use parties::{DraftCandidate, DraftCompany, OpenJob};
pub use queries::{Colleague, MOST_POSTS};
pub use resumable::{ResumableDraft, begun_before, resumable, resumable_draft};
pub use sent::{Sending, SentTo, sent, sent_from};
pub use start::{Begin, employers_of_posts, preview, start};

use crate::candidates::{keep_opening, reads_own};
use crate::error::{Error, Result};
use crate::{App, Ctx};

/// What its author wrote so far.
#[derive(Debug, Clone)]
pub struct Draft {
    /// Its id.
    pub id: ApplicationDraftId,
    /// The person, once chosen.
    pub candidate: Option<CandidateId>,
    /// Its applications, one for each employer, in the order these were chosen.
    pub applications: Vec<DraftApplication>,
    /// The eligibility step was gone through.
    pub eligibility_seen: bool,
    /// What was typed at that step and not validated.
    pub unfinished: UnfinishedDiagnosis,
    /// The message.
    pub message: DraftMessage,
    /// When the message and the CV were sent to another employer: they are proposed again, not kept yet.
    pub proposed_from: Option<DateTime<Utc>>,
    /// A CV is attached.
    pub has_cv: bool,
    /// The search it comes from: a path of the platform (SUB-22).
    pub search: Option<String>,
    /// Its author has an address mails are sent to.
    pub author_is_told: bool,
    /// When it was sent.
    pub submitted_at: Option<DateTime<Utc>>,
}

/// The application of one employer, as it is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftApplication {
    /// The id the application will have.
    pub id: ApplicationId,
    /// The employer.
    pub company: OrganisationId,
    /// Posts chosen.
    pub jobs: Vec<JobDescriptionId>,
    /// A spontaneous application was chosen.
    pub is_spontaneous: bool,
    /// Applying again is confirmed.
    pub previous_confirmed: bool,
}

impl DraftApplication {
    fn new(id: ApplicationId, company: OrganisationId) -> Self {
        Self { id, company, jobs: vec![], is_spontaneous: false, previous_confirmed: false }
    }
}

impl Draft {
    /// What was shown about a person is not written about another, chosen meanwhile.
    pub(crate) fn is_still_about(&self, person: Option<CandidateId>) -> Result<()> {
        if self.candidate == person { Ok(()) } else { Err(Error::Conflict) }
    }

    /// The draft as it is once a step is saved.
    fn after(&self, choice: StepChoice) -> Self {
        let draft = self.clone();
        match choice {
            StepChoice::Candidate(candidate) if self.candidate == Some(candidate) => draft,
            // What was written was about someone else.
            StepChoice::Candidate(candidate) => {
                let unconfirmed = |one| DraftApplication { previous_confirmed: false, ..one };
                Self {
                    candidate: Some(candidate),
                    applications: draft.applications.into_iter().map(unconfirmed).collect(),
                    has_cv: false,
                    message: DraftMessage::default(),
                    proposed_from: None,
                    eligibility_seen: false,
                    unfinished: UnfinishedDiagnosis::default(),
                    ..draft
                }
            }
            StepChoice::Previous(again) => {
                let confirmed = |one: DraftApplication| DraftApplication {
                    previous_confirmed: one.previous_confirmed || again.contains(&one.company),
                    ..one
                };
                Self { applications: draft.applications.into_iter().map(confirmed).collect(), ..draft }
            }
            StepChoice::Jobs(chosen) => {
                let choose = |one: DraftApplication| {
                    let jobs = chosen.iter().find(|(company, _)| *company == one.company);
                    let jobs = jobs.map(|(_, jobs)| jobs.clone());
                    match jobs {
                        Some(jobs) => DraftApplication { is_spontaneous: jobs.is_empty(), jobs, ..one },
                        // Added in another tab meanwhile: still to be chosen.
                        None => one,
                    }
                };
                Self { applications: draft.applications.into_iter().map(choose).collect(), ..draft }
            }
            StepChoice::Eligibility(unfinished) => Self { eligibility_seen: true, unfinished, ..draft },
            StepChoice::Message(message) => Self { message, proposed_from: None, ..draft },
        }
    }
}

/// The draft `id` with everything its steps need; nobody else's, and not once sent (SUB-9).
pub async fn load(app: &App, ctx: &Ctx<Actor>, id: ApplicationDraftId) -> Result<OpenDraft> {
    let mut db = app.db.acquire().await?;
    let actor = ctx.actor_record();
    let user = actor.user.ok_or(Error::NotFound)?;
    let draft = store::find(&mut db, user, actor.organisation, id).await?;
    let draft = draft.filter(|draft| draft.submitted_at.is_none()).ok_or(Error::NotFound)?;
    let open = open::load(&mut db, ctx, draft).await?;
    drop(db);
    noted(app, ctx, open).await
}

/// The same, once it is kept that the sender reads who the person is (D34).
async fn noted(app: &App, ctx: &Ctx<Actor>, open: OpenDraft) -> Result<OpenDraft> {
    if let Some(person) = &open.candidate {
        keep_read(app, ctx, person).await?;
    }
    Ok(open)
}

async fn keep_read(app: &App, ctx: &Ctx<Actor>, person: &DraftCandidate) -> Result<()> {
    if reads_own(ctx, person.id) || person.is_noted || !person.is_named_to(&ctx.actor) {
        return Ok(());
    }
    keep_opening(app, ctx, person.id).await
}

/// Saves a step of the draft, and nothing of the other steps: another tab may have saved them since the draft was
/// read. The person must be one the organisation deals with (D4); what is written about someone who is no longer the
/// person chosen is refused.
pub async fn save(app: &App, ctx: &Ctx<Actor>, open: &OpenDraft, choice: StepChoice) -> Result<()> {
    let mut work = app.begin(ctx).await?;
    let draft = store::lock_unsent(&mut work, open.draft.id).await?;
    match choice {
        StepChoice::Candidate(candidate) => {
            let person = queries::candidate(work.db(), ctx, candidate).await?;
            person
                .filter(|person| policy::may_open(&ctx.actor, &person.standing()))
                .ok_or(Error::NotFound)?;
        }
        StepChoice::Previous(_)
        | StepChoice::Jobs(_)
        | StepChoice::Eligibility(_)
        | StepChoice::Message(_) => {
            draft.is_still_about(open.draft.candidate)?;
        }
    }
    store::save(&mut work, &draft, draft::save(draft.id, choice)).await?;
    work.commit().await?;
    Ok(())
}

/// A person as the candidate step shows them before they are chosen; none when the organisation does not deal with
/// them (D4).
pub async fn proposed(
    app: &App,
    ctx: &Ctx<Actor>,
    open: &OpenDraft,
    candidate: CandidateId,
) -> Result<Option<DraftCandidate>> {
    if let Some(chosen) = open.candidate.as_ref().filter(|chosen| chosen.id == candidate) {
        return Ok(Some(chosen.clone()));
    }
    let person = queries::candidate(&mut *app.db.acquire().await?, ctx, candidate).await?;
    let Some(person) = person.filter(|person| policy::may_open(&ctx.actor, &person.standing())) else {
        return Ok(None);
    };
    keep_read(app, ctx, &person).await?;
    Ok(Some(person))
}

/// Gives the draft up: its text and its CV are deleted.
pub async fn discard(app: &App, ctx: &Ctx<Actor>, id: ApplicationDraftId) -> Result<()> {
    let mut work = app.begin(ctx).await?;
    store::lock_unsent(&mut work, id).await?;
    store::delete(&mut work, draft::discard(id)).await?;
    work.commit().await?;
    Ok(())
}

/// Deletes the drafts nobody touched for [`draft::KEPT`], each in its own transaction; answers how many.
pub(crate) async fn expire(app: &App, ctx: &Ctx<Actor>) -> Result<usize> {
    let drafts = store::untouched_since(&app.db, ctx.now - draft::KEPT).await?;
    for id in &drafts {
        let mut work = app.begin(ctx).await?;
        store::lock(&mut work, *id).await?;
        match store::delete(&mut work, draft::discard(*id)).await {
            Ok(()) => work.commit().await?,
            // Sent or given up meanwhile.
            Err(Error::NotFound) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(drafts.len())
}

/// Who may be named as accompanying the person (SUB-62).
pub async fn colleagues(app: &App, ctx: &Ctx<Actor>) -> Result<Vec<Colleague>> {
    match ctx.actor_record().organisation {
        Some(organisation) => queries::colleagues(&app.db, organisation).await,
        None => Ok(vec![]),
    }
}

/// Whether the authorisation of the actor's organisation still waits for an answer (SUB-23).
pub async fn awaits_authorisation(app: &App, ctx: &Ctx<Actor>) -> Result<bool> {
    match PrescriberActor::try_from(ctx.actor.clone()) {
        Ok(prescriber) if !prescriber.authorised => {
            queries::awaits_authorisation(&app.db, prescriber.organisation).await
        }
        Ok(_) | Err(_) => Ok(false),
    }
}
