//! Sending an application (rule book 02 §4).

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::{Application, ApplicationChange, Sender, SenderKind, State};
use crate::Changed;
use crate::actor::Actor;
use crate::candidates::consent::ConsentRefused;
use crate::eligibility::{self, Withdrawn};
use crate::ids::{ApplicationId, CandidateId, ConsentId, JobDescriptionId, OrganisationId};
use crate::organisations::CompanyKind;
use crate::text::Message;
use crate::time::paris_date;

/// Time during which the same person may not be proposed again to the same company, by whoever (SUB-6).
pub const SAME_COMPANY_DELAY: TimeDelta = TimeDelta::hours(24);

/// Shortest message where one is needed, in characters: it must say something (SUB-60).
pub const MESSAGE_MIN_CHARS: usize = 20;

/// Whether a message says something.
pub fn says_something(message: &str) -> bool {
    message.trim().chars().count() >= MESSAGE_MIN_CHARS
}

/// What the sender chose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submit {
    /// Id of the application: made once when the employer is chosen, so that a double submit is one.
    pub id: ApplicationId,
    /// The person.
    pub candidate: CandidateId,
    /// Jobs chosen; none is a spontaneous application.
    pub jobs: Vec<JobDescriptionId>,
    /// The message; optional in auto-prescription only (SUB-60).
    pub message: Option<Message>,
    /// The person's recorded consent; none when they apply themselves.
    pub consent: Option<ConsentId>,
}

/// What the rules need to know of the company and of the person.
#[derive(Debug, Clone)]
pub struct SubmitFacts {
    /// The company.
    pub company: OrganisationId,
    /// Whether it is still in the directory (SUB-2).
    pub company_is_listed: bool,
    /// Its kind.
    pub company_kind: CompanyKind,
    /// Whether at least one active member can receive the application (SUB-3).
    pub company_has_members: bool,
    /// Whether it blocks new applications (SUB-5).
    pub company_blocks: bool,
    /// Whether it takes spontaneous applications (SUB-11).
    pub spontaneous_open: bool,
    /// The chosen jobs that are still open at that company (SUB-63).
    pub open_jobs: Vec<JobDescriptionId>,
    /// When the person was last proposed to that company.
    pub last_submitted_at: Option<DateTime<Utc>>,
    /// Last day of the waiting period the person is in.
    pub waiting_until: Option<NaiveDate>,
    /// Whether the person holds an unexpired diagnosis by a prescripteur habilité.
    pub has_prescriber_diagnosis: bool,
    /// Whether they hold a valid PASS; none while nobody is chosen.
    pub has_valid_pass: Option<bool>,
    /// The days when the company may not prescribe to itself, if it is the sender's own.
    pub withdrawals: Vec<Withdrawn>,
}

/// Why an application cannot be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SubmitRefused {
    /// Neither an inspector nor staff send applications (SUB-1).
    #[error("this role sends no application")]
    Role,
    /// A candidate applies for themselves only (SUB-21).
    #[error("a candidate applies for themselves")]
    OtherCandidate,
    /// The company left the directory (SUB-2).
    #[error("the company left the directory")]
    CompanyLeft,
    /// No active member would receive it (SUB-3).
    #[error("the company has no active member")]
    CompanyNotRegistered,
    /// The company would hire on its own word, and its right to prescribe to itself is withdrawn (SUB-4, HIR-4).
    #[error(transparent)]
    Withdrawn(#[from] Withdrawn),
    /// The company takes no new application (SUB-5).
    #[error("the company blocks applications")]
    CompanyBlocks,
    /// The person was proposed to this company less than 24 hours ago (SUB-6).
    #[error("an application was sent less than 24 hours ago")]
    AppliedRecently,
    /// The person is in their waiting period (SUB-7).
    #[error("waiting period until {until}")]
    WaitingPeriod {
        /// Last day of the waiting period.
        until: NaiveDate,
    },
    /// Neither posts nor a spontaneous application were chosen yet: the employer was added in another tab.
    #[error("what is applied to is not chosen")]
    JobsNotChosen,
    /// No job chosen, and no spontaneous application is taken (SUB-11).
    #[error("spontaneous applications are closed")]
    SpontaneousClosed,
    /// None of the chosen jobs is open any more (SUB-11).
    #[error("the chosen jobs are closed")]
    JobsClosed,
    /// A message that says something is needed (SUB-60).
    #[error("a message is needed")]
    MessageMissing,
    /// A professional must record the person's information and consent before sharing anything.
    #[error(transparent)]
    Consent(#[from] ConsentRefused),
}

/// An application to be written, with what only its creation needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewApplication {
    /// The application.
    pub application: Application,
    /// Jobs chosen that are still open.
    pub jobs: Vec<JobDescriptionId>,
    /// The message.
    pub message: Option<Message>,
    /// The recorded consent.
    pub consent: Option<ConsentId>,
}

/// Checks evaluated at the start and at every step of the draft (SUB-1 to SUB-7): whether `actor` may propose the
/// person to the company at all. What a company records for itself is its direct hire too: SUB-4 is asked once the person is known,
/// as HIR-4 is, so that whoever holds a valid PASS or a prescriber's diagnosis may still be hired (04 §1.16).
pub fn may_apply(actor: &Actor, facts: &SubmitFacts, at: DateTime<Utc>) -> Result<(), SubmitRefused> {
    super::policy::submit(actor).map_err(|_| SubmitRefused::Role)?;
    let own_company = is_own_company(actor, facts.company);
    if !facts.company_is_listed {
        return Err(SubmitRefused::CompanyLeft);
    }
    if !facts.company_has_members {
        return Err(SubmitRefused::CompanyNotRegistered);
    }
    let rests_on_siae =
        |has_valid_pass| eligibility::rests_on_siae(facts.has_prescriber_diagnosis, has_valid_pass);
    if own_company && facts.company_kind.is_siae() && facts.has_valid_pass.is_some_and(rests_on_siae) {
        Withdrawn::check(&facts.withdrawals, paris_date(at))?;
    }
    if facts.company_blocks && !own_company {
        return Err(SubmitRefused::CompanyBlocks);
    }
    let recent = facts.last_submitted_at.is_some_and(|last| at < last + SAME_COMPANY_DELAY);
    if recent && !own_company {
        return Err(SubmitRefused::AppliedRecently);
    }
    match waiting_period(actor, facts.waiting_until, facts.has_prescriber_diagnosis) {
        Some(WaitingPeriod::Closes { until }) if facts.company_kind.is_siae() => {
            Err(SubmitRefused::WaitingPeriod { until })
        }
        Some(WaitingPeriod::Closes { .. } | WaitingPeriod::NeedsDiagnosis { .. }) | None => Ok(()),
    }
}

/// What the waiting period of a person means to whoever would propose them to an SIAE.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WaitingPeriod {
    /// SIAE are closed to them, unless a prescripteur habilité helps (ELI-W).
    Closes {
        /// The last day.
        until: NaiveDate,
    },
    /// The sender, a prescripteur habilité, may propose them; a new PASS needs a diagnosis of theirs (03 W13, D31).
    NeedsDiagnosis {
        /// The last day.
        until: NaiveDate,
    },
}

/// ELI-W: an authorised prescriber organisation that sends, or a valid diagnosis by a prescripteur habilité, lifts
/// the waiting period. An SIAE's diagnosis never does, nor does an orienteur (PRE-15).
pub fn waiting_period(
    actor: &Actor,
    until: Option<NaiveDate>,
    has_prescriber_diagnosis: bool,
) -> Option<WaitingPeriod> {
    let until = until.filter(|_| !has_prescriber_diagnosis)?;
    Some(match actor {
        Actor::Prescriber(prescriber) if prescriber.authorised => WaitingPeriod::NeedsDiagnosis { until },
        Actor::Prescriber(_)
        | Actor::Candidate(_)
        | Actor::Employer(_)
        | Actor::Inspector(_)
        | Actor::Staff(_)
        | Actor::System => WaitingPeriod::Closes { until },
    })
}

fn is_own_company(actor: &Actor, company: OrganisationId) -> bool {
    matches!(actor, Actor::Employer(employer) if employer.organisation == company)
}

/// Sends the application: every check again, with what is true at that instant (SUB-63).
pub fn submit(
    actor: &Actor,
    command: Submit,
    facts: &SubmitFacts,
    at: DateTime<Utc>,
) -> Result<Changed<NewApplication>, SubmitRefused> {
    may_apply(actor, facts, at)?;
    let own_company = is_own_company(actor, facts.company);
    let sender = sender_of(actor, command.candidate)?;
    if !own_company && command.jobs.is_empty() && !facts.spontaneous_open {
        return Err(SubmitRefused::SpontaneousClosed);
    }
    if command.jobs.iter().any(|job| !facts.open_jobs.contains(job)) {
        return Err(SubmitRefused::JobsClosed);
    }
    let says_something = command.message.as_ref().is_some_and(|message| says_something(message.as_str()));
    if !says_something && !own_company {
        return Err(SubmitRefused::MessageMissing);
    }
    if command.consent.is_none() && sender.kind != SenderKind::Candidate {
        return Err(SubmitRefused::Consent(ConsentRefused::NotGiven));
    }
    let application = Application {
        id: command.id,
        candidate: command.candidate,
        company: facts.company,
        sender,
        submitted_at: at,
        state: State::New,
        answer: None,
        answer_to_prescriber: None,
    };
    let (application, events) = application.changed(ApplicationChange::Submitted).into_parts();
    let new = NewApplication {
        application,
        jobs: command.jobs,
        message: command.message,
        consent: command.consent,
    };
    Ok(Changed::with(new, events))
}

fn sender_of(actor: &Actor, candidate: CandidateId) -> Result<Sender, SubmitRefused> {
    match actor {
        Actor::Candidate(own) if own.candidate != candidate => Err(SubmitRefused::OtherCandidate),
        Actor::Candidate(own) => {
            Ok(Sender { kind: SenderKind::Candidate, user: Some(own.user), organisation: None })
        }
        Actor::Prescriber(prescriber) => Ok(Sender {
            kind: SenderKind::Prescriber,
            user: Some(prescriber.user),
            organisation: Some(prescriber.organisation),
        }),
        Actor::Employer(employer) => Ok(Sender {
            kind: SenderKind::Employer,
            user: Some(employer.user),
            organisation: Some(employer.organisation),
        }),
        Actor::Inspector(_) | Actor::Staff(_) | Actor::System => Err(SubmitRefused::Role),
    }
}

#[cfg(test)]
mod tests;
