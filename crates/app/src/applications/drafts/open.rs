//! An application being written, with everything its steps decide on.

use chrono::{DateTime, NaiveDate, Utc};
use iae_domain::Actor;
use iae_domain::actor::EmployerActor;
use iae_domain::applications::draft::{self, DraftFacts, Step};
use iae_domain::applications::submit::{SubmitFacts, SubmitRefused, may_apply, says_something};
use iae_domain::candidates::consent::Sharing;
use iae_domain::candidates::policy;
use iae_domain::eligibility::{
    Diagnosis, Viewer, Withdrawn, has_prescriber_diagnosis, last_considered_valid,
};
use iae_domain::ids::JobDescriptionId;
use iae_domain::pass::{Pass, waiting_period};
use sha2::{Digest as _, Sha256};
use sqlx::PgConnection;

use super::{Draft, DraftApplication, DraftCandidate, DraftCompany, queries};
use crate::Ctx;
use crate::eligibility::store::{Holdings, holdings};
use crate::error::{Error, Result};

/// What closed while an application was being written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClosedChoice {
    /// A post that was chosen.
    Jobs,
    /// Spontaneous applications.
    Spontaneous,
}

/// The application of one employer.
#[derive(Debug, Clone)]
pub struct OpenApplication {
    /// What is written of it.
    pub written: DraftApplication,
    /// The employer.
    pub company: DraftCompany,
    /// The sender applies to their own company (auto-prescription).
    pub is_own_company: bool,
}

impl OpenApplication {
    /// Whether a spontaneous application may be chosen.
    pub const fn takes_spontaneous(&self) -> bool {
        self.company.spontaneous_open || self.is_own_company
    }

    /// What was chosen and is no longer open: the posts are asked again (SUB-11, D35).
    pub fn closed(&self) -> Option<ClosedChoice> {
        let is_open = |job: &JobDescriptionId| self.company.jobs.iter().any(|open| open.id == *job);
        if !self.written.jobs.iter().all(is_open) {
            Some(ClosedChoice::Jobs)
        } else if self.written.is_spontaneous && !self.takes_spontaneous() {
            Some(ClosedChoice::Spontaneous)
        } else {
            None
        }
    }

    pub(in crate::applications) const fn is_chosen(&self) -> bool {
        self.written.is_spontaneous || !self.written.jobs.is_empty()
    }
}

/// What is written, with everything its steps decide on, read on this very request: nothing is trusted from one step to
/// the next (rule book 02 §4.2).
#[derive(Debug, Clone)]
pub struct OpenDraft {
    /// What is written.
    pub draft: Draft,
    /// The applications, one for each employer; one at least.
    pub applications: Vec<OpenApplication>,
    /// The person, once chosen.
    pub candidate: Option<DraftCandidate>,
    /// Every diagnosis of the person.
    pub diagnoses: Vec<Diagnosis>,
    /// Every PASS of the person.
    pub passes: Vec<Pass>,
    sharing: Sharing,
    actor: Actor,
    now: DateTime<Utc>,
    today: NaiveDate,
}

impl OpenDraft {
    /// What decides which steps there are and which are done. An employer that can get nothing asks for nothing, as long
    /// as another can.
    pub fn facts(&self) -> DraftFacts {
        let leaving: Vec<_> = self.applications.iter().filter(|one| self.check_one(one).is_ok()).collect();
        let asked = if leaving.is_empty() { self.applications.iter().collect() } else { leaving };
        let known = |one: &&OpenApplication| one.company.last_submitted_at.is_some();
        let is_written = says_something(&self.draft.message.text) || self.is_message_optional();
        DraftFacts {
            has_candidate: self.candidate.is_some(),
            completes_file: self
                .candidate
                .as_ref()
                .is_some_and(|person| person.is_incomplete() && person.is_seen_by(&self.actor)),
            applied_before: asked.iter().any(known),
            previous_confirmed: asked
                .iter()
                .filter(|one| known(one))
                .all(|one| one.written.previous_confirmed),
            jobs_chosen: asked.iter().all(|one| one.is_chosen() && one.closed().is_none()),
            to_siae: self.is_to_siae(),
            has_valid_pass: self.valid_pass().is_some(),
            eligibility_done: self.draft.eligibility_seen || self.current_diagnosis().is_some(),
            message_done: is_written && self.draft.proposed_from.is_none(),
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

    /// Whether what a step posts is kept: nothing that was typed is lost because a post closed meanwhile (D35).
    pub fn may_save(&self, step: Step) -> bool {
        let facts = self.facts();
        let jobs_chosen = facts.jobs_chosen || self.applications.iter().any(|one| one.closed().is_some());
        draft::may_open(&self.actor, &DraftFacts { jobs_chosen, ..facts }, step)
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

    /// The diagnosis that holds in the eyes of the sender (ELI-5: never an employer's).
    pub fn current_diagnosis(&self) -> Option<&Diagnosis> {
        let has_pass = self.valid_pass().is_some();
        last_considered_valid(&self.diagnoses, Viewer::of_sender(&self.actor), has_pass, self.today)
    }

    /// One of the employers is an SIAE.
    pub fn is_to_siae(&self) -> bool {
        self.applications.iter().any(|one| one.company.kind.is_siae())
    }

    /// Whether the rules of eligibility concern the hire, and the sender (CAN-C).
    pub fn shows_eligibility(&self) -> bool {
        self.is_to_siae() && Viewer::of_sender(&self.actor).is_of_iae()
    }

    /// Nobody but the sender's own company reads the message (SUB-60).
    pub fn is_message_optional(&self) -> bool {
        self.applications.iter().all(|one| one.is_own_company)
    }

    /// The sender is the person.
    pub const fn is_candidate(&self) -> bool {
        self.actor.candidate().is_some()
    }

    /// What would leave with each application now.
    pub const fn sharing(&self) -> &Sharing {
        &self.sharing
    }

    /// What leaves, in one word: what is shared, the message, the posts of each employer. What a summary showed is what
    /// leaves from it, whatever another tab wrote since.
    pub fn mark(&self) -> String {
        let mut hash = Sha256::new();
        hash.update(&self.draft.message.text);
        for one in &self.draft.applications {
            for id in std::iter::once(one.company.0).chain(one.jobs.iter().map(|job| job.0)) {
                hash.update(id.as_bytes());
            }
        }
        let digest = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat();
        format!("{} {digest}", self.sharing.mark())
    }

    /// The checks of rule book 02 §4.2, again at every step: refused once no employer can get anything.
    pub fn check(&self) -> Result<(), (&OpenApplication, SubmitRefused)> {
        let mut refused = None;
        for one in &self.applications {
            match self.check_one(one) {
                Ok(()) => return Ok(()),
                Err(refusal) => refused = refused.or(Some((one, refusal))),
            }
        }
        refused.map_or(Ok(()), Err)
    }

    /// The same for one employer.
    pub fn check_one(&self, application: &OpenApplication) -> Result<(), SubmitRefused> {
        may_apply(&self.actor, &self.submit_facts(application), self.now)
    }

    /// What the rules of submission need.
    pub fn submit_facts(&self, application: &OpenApplication) -> SubmitFacts {
        let company = &application.company;
        SubmitFacts {
            company: company.id,
            company_is_listed: company.is_listed,
            company_kind: company.kind,
            company_has_members: company.has_members,
            company_blocks: company.blocks,
            spontaneous_open: company.spontaneous_open,
            open_jobs: company.jobs.iter().map(|job| job.id).collect(),
            last_submitted_at: company.last_submitted_at,
            waiting_until: waiting_period::waiting_until(&self.passes, self.today),
            has_prescriber_diagnosis: has_prescriber_diagnosis(&self.diagnoses, self.today),
            has_valid_pass: self.candidate.as_ref().map(|_| self.valid_pass().is_some()),
            withdrawals: company.withdrawals.clone(),
        }
    }

    /// That the sender's own company, one of the employers, may not prescribe to itself today (SUB-4).
    pub fn withdrawn(&self) -> Option<Withdrawn> {
        let own = self.applications.iter().find(|one| one.is_own_company)?;
        let is_siae = own.company.kind.is_siae();
        Withdrawn::in_force(&own.company.withdrawals, self.today).filter(|_| is_siae)
    }
}

/// Everything around a draft, read on this very request. When its only company left the directory (SUB-2), or when the
/// organisation no longer deals with the person (D4), it is not found.
pub(in crate::applications) async fn load(
    db: &mut PgConnection,
    ctx: &Ctx<Actor>,
    draft: Draft,
) -> Result<OpenDraft> {
    let chosen: Vec<_> = draft.applications.iter().flat_map(|one| one.jobs.iter().copied()).collect();
    load_with(db, ctx, draft, &chosen).await
}

/// The same, with the posts that are read first when there are more than a page shows.
pub(super) async fn load_with(
    db: &mut PgConnection,
    ctx: &Ctx<Actor>,
    draft: Draft,
    wanted: &[JobDescriptionId],
) -> Result<OpenDraft> {
    let ids: Vec<_> = draft.applications.iter().map(|one| one.company).collect();
    let companies = queries::companies(db, ctx.now, (&ids, wanted), draft.candidate).await?;
    let (candidate, held) = match draft.candidate {
        Some(id) => {
            let person = queries::candidate(db, ctx, id).await?;
            let person = person.filter(|person| policy::may_open(&ctx.actor, &person.standing()));
            (Some(person.ok_or(Error::NotFound)?), holdings(&mut *db, id).await?)
        }
        None => (None, Holdings::default()),
    };
    let own = EmployerActor::try_from(ctx.actor.clone()).ok().map(|employer| employer.organisation);
    let application = |written: &DraftApplication| {
        let company = companies.iter().find(|company| company.id == written.company)?.clone();
        let is_own_company = own == Some(company.id);
        Some(OpenApplication { written: written.clone(), company, is_own_company })
    };
    let applications: Vec<_> = draft.applications.iter().filter_map(application).collect();
    if !applications.iter().any(|one| one.company.is_listed) {
        return Err(Error::NotFound);
    }
    let mut open = OpenDraft {
        diagnoses: held.diagnoses(),
        draft,
        applications,
        candidate,
        passes: held.passes.clone(),
        sharing: Sharing::default(),
        actor: ctx.actor.clone(),
        now: ctx.now,
        today: ctx.today(),
    };
    let current = open.current_diagnosis().map(|diagnosis| diagnosis.id);
    open.sharing = Sharing::of(open.draft.has_cv, current.map(|id| (id, held.topics_of(id))));
    Ok(open)
}
