//! An application being written, with everything its steps decide on.

use chrono::{DateTime, NaiveDate, Utc};
use iae_domain::Actor;
use iae_domain::applications::draft::{self, DraftFacts, Step};
use iae_domain::applications::submit::{SubmitFacts, SubmitRefused, may_apply};
use iae_domain::candidates::consent::{ConsentRefused, Sharing};
use iae_domain::candidates::policy::{self, Standing};
use iae_domain::candidates::{Missing, Nir, PersonName};
use iae_domain::directory::ContractType;
use iae_domain::eligibility::{AuthorKind, Diagnosis, Viewer, last_considered_valid};
use iae_domain::ids::{CandidateId, JobDescriptionId, OrganisationId, UserId};
use iae_domain::organisations::CompanyKind;
use iae_domain::pass::{Pass, waiting_period};
use iae_domain::text::NonBlank;
use serde::Deserialize;
use sqlx::PgConnection;

use super::{Draft, queries};
use crate::Ctx;
use crate::eligibility::store::{Holdings, holdings};
use crate::error::{Error, Result};

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
    /// Someone would be told by mail.
    pub is_told: bool,
    /// Posts open there.
    pub jobs: Vec<OpenJob>,
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
    /// What their file lacks.
    pub missing: Missing,
    /// Their NIR, which says when they were born.
    pub nir: Option<Nir>,
    /// Their last application to the company, by whoever.
    pub last_submitted_at: Option<DateTime<Utc>>,
}

impl DraftCandidate {
    pub(super) fn standing(&self) -> Standing {
        Standing { is_related: self.related, ..Standing::related(self.id, self.created_by) }
    }

    /// Whether the actor may read who the person is.
    pub fn is_seen_by(&self, actor: &Actor) -> bool {
        policy::sees_identity(actor, &self.standing())
    }

    /// Whether the file lacks what an application needs (SUB-30).
    pub const fn is_incomplete(&self) -> bool {
        !self.missing.suffices_to_apply()
    }

    /// The name as the actor may read it (PII-4, PII-5).
    pub fn name_for(&self, actor: &Actor) -> String {
        let name = PersonName::of(&self.first_name, &self.last_name);
        policy::shown_name(actor, &self.standing(), name).into()
    }
}

/// A post one may apply to.
#[derive(Debug, Clone, Deserialize)]
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

/// What closed while an application was being written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closed {
    /// A post that was chosen.
    Jobs,
    /// Spontaneous applications.
    Spontaneous,
}

/// An application being written, with everything its steps decide on, read on this very request: nothing is trusted
/// from one step to the next (rule book 02 §4.2).
#[derive(Debug, Clone)]
pub struct OpenDraft {
    /// What is written.
    pub draft: Draft,
    /// The company.
    pub company: DraftCompany,
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
    /// What decides which steps there are and which are done.
    pub fn facts(&self) -> DraftFacts {
        let draft = &self.draft;
        let spoken = NonBlank::parse(&draft.message.text).is_some() || self.is_own_company();
        let consented = self.consent().is_ok();
        let chosen = draft.spontaneous || !draft.jobs.is_empty();
        DraftFacts {
            has_candidate: self.candidate.is_some(),
            completes_file: self
                .candidate
                .as_ref()
                .is_some_and(|person| person.is_incomplete() && person.is_seen_by(&self.actor)),
            applied_before: self.last_submitted_at().is_some(),
            previous_confirmed: draft.previous_confirmed,
            jobs_chosen: chosen && self.closed().is_none(),
            to_siae: self.company.kind.is_siae(),
            has_valid_pass: self.valid_pass().is_some(),
            eligibility_seen: draft.eligibility_seen,
            message_done: spoken && consented,
        }
    }

    /// What was chosen and is no longer open: the posts are asked again (SUB-11, D35).
    pub fn closed(&self) -> Option<Closed> {
        let is_open = |job: &JobDescriptionId| self.company.jobs.iter().any(|open| open.id == *job);
        if !self.draft.jobs.iter().all(is_open) {
            Some(Closed::Jobs)
        } else if self.draft.spontaneous && !self.takes_spontaneous() {
            Some(Closed::Spontaneous)
        } else {
            None
        }
    }

    /// Whether a spontaneous application may be chosen.
    pub fn takes_spontaneous(&self) -> bool {
        self.company.spontaneous_open || self.is_own_company()
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
        let jobs_chosen = facts.jobs_chosen || self.closed().is_some();
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

    /// Whether the rules of eligibility concern the hire, and the sender (CAN-C).
    pub const fn shows_eligibility(&self) -> bool {
        self.company.kind.is_siae() && Viewer::of_sender(&self.actor).is_of_iae()
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
        self.actor.candidate().is_some()
    }

    /// What would leave with this application now.
    pub const fn sharing(&self) -> &Sharing {
        &self.sharing
    }

    /// Whether the person consents to what would leave now; nobody asks those who apply themselves.
    pub fn consent(&self) -> Result<(), ConsentRefused> {
        if self.is_candidate() { Ok(()) } else { self.draft.message.declaration.covers(&self.sharing) }
    }

    /// The checks of rule book 02 §4.2, again at every step.
    pub fn check(&self) -> Result<(), SubmitRefused> {
        may_apply(&self.actor, &self.submit_facts(), self.now)
    }

    /// What the rules of submission need.
    pub fn submit_facts(&self) -> SubmitFacts {
        SubmitFacts {
            company: self.company.id,
            company_kind: self.company.kind,
            company_has_members: self.company.has_members,
            company_blocks: self.company.blocks,
            spontaneous_open: self.company.spontaneous_open,
            open_jobs: self.company.jobs.iter().map(|job| job.id).collect(),
            last_submitted_at: self.last_submitted_at(),
            waiting_until: waiting_period::waiting_until(&self.passes, self.today),
            has_prescriber_diagnosis: self.diagnoses.iter().any(|diagnosis| {
                diagnosis.author_kind == AuthorKind::Prescriber && diagnosis.is_unexpired(self.today)
            }),
        }
    }
}

/// Everything around a draft, read on this very request. A company that left the directory (SUB-2) and a person the
/// organisation no longer deals with (D4) are not found.
pub(in crate::applications) async fn load(
    db: &mut PgConnection,
    ctx: &Ctx<Actor>,
    draft: Draft,
) -> Result<OpenDraft> {
    let company = queries::company(db, ctx.now, draft.company).await?.ok_or(Error::NotFound)?;
    let organisation = ctx.actor_record().organisation;
    let (candidate, held) = match draft.candidate {
        Some(id) => {
            let person = queries::candidate(db, organisation, draft.company, id).await?;
            let person = person.filter(|person| policy::may_open(&ctx.actor, &person.standing()));
            (Some(person.ok_or(Error::NotFound)?), holdings(&mut *db, id).await?)
        }
        None => (None, Holdings::default()),
    };
    let mut open = OpenDraft {
        diagnoses: held.diagnoses(),
        draft,
        company,
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
