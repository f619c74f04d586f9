//! Accepting an application: the hire, the PASS IAE, the other applications (rule book 02 §6.5, 03 §4.6).

use std::cmp::Ordering;

use chrono::{DateTime, NaiveDate, Utc};

use super::draft::Advisor;
use super::{
    Application, ApplicationChange, Hiring, IssueFacts, Overtaken, PassDelivery, PassResult, State,
    StateCode, Transition,
};
use crate::Changed;
use crate::candidates::{Identification, Missing};
use crate::eligibility::{
    AuthorKind, Diagnosis, Viewer, Withdrawn, has_prescriber_diagnosis, last_considered_valid, rests_on_siae,
};
use crate::ids::JobDescriptionId;
use crate::organisations::CompanyKind;
use crate::pass::suspension::Resuspended;
use crate::pass::{NewPass, Pass, default_period, waiting_period};
use crate::text::Message;
use crate::time::{add_months, paris_date};

/// How far ahead a contract may start, in calendar months (rule book 02 §6.3).
pub const LATEST_START_MONTHS: u32 = 6;

/// What the employer decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accept {
    /// First day of the contract.
    pub starts_on: NaiveDate,
    /// Last day, indicative.
    pub ends_on: Option<NaiveDate>,
    /// The job kept for the hire.
    pub job: Option<JobDescriptionId>,
    /// Message to the candidate, copied to the sender.
    pub answer: Option<Message>,
    /// Who accompanies the person in the company: a member of it, whoever accepts, or nobody the service knows.
    pub advisor: Advisor,
}

/// What the rule needs to know, loaded under the lock of the candidate.
#[derive(Debug, Clone)]
pub struct AcceptanceFacts {
    /// What the PASS is made of.
    pub issue: IssueFacts,
    /// Whether the organisation that sent the application is authorised today (ELI-W).
    pub sender_is_authorised: bool,
    /// What identifies the person, once their file is completed.
    pub identification: Identification,
    /// What their file still lacks.
    pub missing: Missing,
    /// Every diagnosis of the person, the company's new one included.
    pub diagnoses: Vec<Diagnosis>,
    /// The days when the company may not prescribe to itself.
    pub withdrawals: Vec<Withdrawn>,
    /// The other pending applications of the person, in any company.
    pub other_pending: Vec<Application>,
}

/// Everything to be written when an application is accepted.
#[derive(Debug, PartialEq)]
pub struct Acceptance {
    /// The accepted application.
    pub application: Changed<Application>,
    /// What becomes of the PASS.
    pub pass: PassOutcome,
    /// The other applications, now obsolete.
    pub obsolete: Vec<Changed<Application>>,
}

/// What becomes of the PASS.
#[derive(Debug, PartialEq)]
pub enum PassOutcome {
    /// The company is not an SIAE (ACC-33).
    NotRequired,
    /// The valid PASS serves again, its dates unchanged.
    Reused(Pass),
    /// The valid PASS had not started and now starts with this earlier contract (§4.7).
    Moved(Changed<Pass>),
    /// The valid PASS serves again, the suspension that ran being lifted (§5.7).
    Resumed(Changed<Resuspended>),
    /// A PASS is issued.
    Issued(Changed<NewPass>),
    /// The person has no identifier: the team delivers the PASS by hand (§4.10).
    AwaitingManualDelivery,
}

/// Why an acceptance is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AcceptRefused {
    /// The state is another by now (WF-8, D32).
    #[error(transparent)]
    Overtaken(#[from] Overtaken),
    /// The person's file lacks what a hire asks (ACC-2).
    #[error("the file of the person is not complete")]
    FileIncomplete,
    /// The dates of the contract are out of range.
    #[error(transparent)]
    Contract(#[from] ContractMistake),
    /// The contract starts after the end of the valid PASS (ACC-20).
    #[error("the contract starts after the end of the PASS, {end}")]
    StartsAfterPassEnd {
        /// Last day of the PASS.
        end: NaiveDate,
    },
    /// The person is in their waiting period and no prescripteur habilité stepped in (ELI-W).
    #[error("waiting period until {until}")]
    WaitingPeriod {
        /// Last day of the waiting period.
        until: NaiveDate,
    },
    /// In the waiting period, the company's own diagnosis does not do: a prescripteur habilité's is needed (W13).
    #[error("waiting period until {until}: a diagnosis by a prescripteur habilité is needed")]
    PrescriberDiagnosisRequired {
        /// Last day of the waiting period.
        until: NaiveDate,
    },
    /// No valid diagnosis, no valid PASS: the SIAE must validate eligibility first.
    #[error("no valid diagnosis")]
    NoValidDiagnosis,
    /// The hire would rest on the company's own word, and its right to prescribe to itself is withdrawn (rule book 04 §1.16).
    #[error(transparent)]
    Withdrawn(#[from] Withdrawn),
}

/// What is wrong with the dates of a contract (rule book 02 §6.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ContractMistake {
    /// It starts in the past.
    #[error("the contract starts in the past")]
    StartsInThePast,
    /// It starts more than six months ahead.
    #[error("the contract starts after {latest}")]
    StartsTooFar {
        /// Last day it may start.
        latest: NaiveDate,
    },
    /// It ends before it starts.
    #[error("the contract ends before it starts")]
    EndsBeforeStart,
}

impl Accept {
    /// Whether the contract goes on after the last day of the PASS. The end is indicative: it is said, never refused.
    pub fn outlasts(&self, pass_end: NaiveDate) -> bool {
        self.ends_on.is_some_and(|end| end > pass_end)
    }

    /// Rule book 02 §6.3: today ≤ start ≤ today + 6 months, end ≥ start; no first day for a GEIQ. Each mistake, so
    /// that a form says all at once.
    pub fn mistakes(&self, kind: CompanyKind, today: NaiveDate) -> impl Iterator<Item = ContractMistake> {
        let latest = add_months(today, LATEST_START_MONTHS);
        let start = if self.starts_on < today && !kind.may_hire_in_the_past() {
            Some(ContractMistake::StartsInThePast)
        } else if self.starts_on > latest {
            Some(ContractMistake::StartsTooFar { latest })
        } else {
            None
        };
        let ends_early = self.ends_on.is_some_and(|end| end < self.starts_on);
        start.into_iter().chain(ends_early.then_some(ContractMistake::EndsBeforeStart))
    }
}

impl Application {
    /// Accepts the application on the day of `at`. GEIQ and OPCS hire without PASS (ACC-33).
    pub fn accept(
        self,
        seen: Option<StateCode>,
        command: Accept,
        facts: &AcceptanceFacts,
        at: DateTime<Utc>,
    ) -> Result<Acceptance, AcceptRefused> {
        let today = paris_date(at);
        let from = self.allow(Transition::Accept, seen)?;
        if !facts.missing.suffices_to_hire() {
            return Err(AcceptRefused::FileIncomplete);
        }
        if let Some(mistake) = command.mistakes(facts.issue.company_kind, today).next() {
            return Err(mistake.into());
        }
        let (pass, diagnosis) = if facts.issue.company_kind.is_siae() {
            self.pass_for(&command, facts, at)?
        } else {
            (PassOutcome::NotRequired, None)
        };
        let obsolete = facts
            .other_pending
            .iter()
            .cloned()
            .filter_map(|other| other.render_obsolete(self.id, at))
            .collect();
        let hiring = Hiring {
            at,
            starts_on: command.starts_on,
            ends_on: command.ends_on,
            job: command.job,
            diagnosis: diagnosis.map(|diagnosis| diagnosis.id),
            delivery: pass.delivery(),
        };
        let change =
            ApplicationChange::Accepted { from, pass: pass.result(), advisor: command.advisor.colleague() };
        let accepted = Self {
            state: State::Accepted(hiring),
            answer: command.answer,
            answer_to_prescriber: None,
            ..self
        };
        Ok(Acceptance { application: accepted.changed(change), pass, obsolete })
    }

    /// The decision table of rule book 03 §4.6, with the diagnosis the hire rests on.
    fn pass_for<'facts>(
        &self,
        command: &Accept,
        facts: &'facts AcceptanceFacts,
        at: DateTime<Utc>,
    ) -> Result<(PassOutcome, Option<&'facts Diagnosis>), AcceptRefused> {
        let today = paris_date(at);
        let viewer = Viewer::Siae(self.company);
        let latest = waiting_period::latest_pass(&facts.issue.passes, today);
        if let Some(pass) = latest.filter(|pass| pass.parcours.is_valid(today)) {
            // W4: the end that counts is the one the PASS has once its suspension is lifted.
            let end = pass.parcours.hired(command.starts_on, today).end();
            if command.starts_on > end {
                return Err(AcceptRefused::StartsAfterPassEnd { end });
            }
            let outcome = if let Some(moved) = pass.moved(command.starts_on, Ordering::Less, today, self.id) {
                PassOutcome::Moved(moved)
            } else if let Some(resumed) = pass.lifted_by_hire(command.starts_on, today, self.id) {
                PassOutcome::Resumed(resumed)
            } else {
                PassOutcome::Reused(pass.clone())
            };
            return Ok((outcome, last_considered_valid(&facts.diagnoses, viewer, true, today)));
        }
        if rests_on_siae(has_prescriber_diagnosis(&facts.diagnoses, today), false) {
            Withdrawn::check(&facts.withdrawals, today)?;
        }
        let diagnosis = last_considered_valid(&facts.diagnoses, viewer, false, today);
        if let Some(until) = waiting_period::waiting_until(&facts.issue.passes, today) {
            check_waiting_period(until, diagnosis, facts.sender_is_authorised)?;
        }
        if !facts.identification.allows_automatic_delivery() {
            return Ok((PassOutcome::AwaitingManualDelivery, diagnosis));
        }
        let Some(justification) = diagnosis else { return Err(AcceptRefused::NoValidDiagnosis) };
        let pass = self.issue_pass(default_period(command.starts_on), justification.id, &facts.issue, at);
        Ok((PassOutcome::Issued(pass), diagnosis))
    }
}

/// ELI-W, hardened by W13: during the waiting period a new PASS rests on a prescripteur habilité's diagnosis.
fn check_waiting_period(
    until: NaiveDate,
    diagnosis: Option<&Diagnosis>,
    sender_is_authorised: bool,
) -> Result<(), AcceptRefused> {
    match diagnosis.map(|diagnosis| diagnosis.author_kind) {
        Some(AuthorKind::Prescriber) => Ok(()),
        Some(AuthorKind::Employer) | None if sender_is_authorised => {
            Err(AcceptRefused::PrescriberDiagnosisRequired { until })
        }
        Some(AuthorKind::Employer) | None => Err(AcceptRefused::WaitingPeriod { until }),
    }
}

impl PassOutcome {
    fn delivery(&self) -> PassDelivery {
        match self {
            Self::NotRequired => PassDelivery::NotRequired,
            Self::Reused(pass) => PassDelivery::Automatic(pass.id),
            Self::Moved(pass) => PassDelivery::Automatic(pass.value().id),
            Self::Resumed(resumed) => PassDelivery::Automatic(resumed.value().pass.id),
            Self::Issued(pass) => PassDelivery::Automatic(pass.value().id),
            Self::AwaitingManualDelivery => PassDelivery::Manual,
        }
    }

    /// The same in one word, for the history and for what is said of it.
    pub const fn result(&self) -> PassResult {
        match self {
            Self::NotRequired => PassResult::NotRequired,
            Self::Reused(_) | Self::Moved(_) => PassResult::Reused,
            Self::Resumed(_) => PassResult::Resumed,
            Self::Issued(_) => PassResult::Issued,
            Self::AwaitingManualDelivery => PassResult::AwaitingManualDelivery,
        }
    }
}

#[cfg(test)]
mod tests;
