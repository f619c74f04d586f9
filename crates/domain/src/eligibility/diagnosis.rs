//! The IAE eligibility diagnosis: who made it, until when it holds, which one counts (rule book 03 §2).

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::criteria::{AgeContradicted, Criteria, CriteriaMissing};
use super::event::{DiagnosisChange, DiagnosisEvent};
use super::policy;
use super::withdrawn::Withdrawn;
use crate::Changed;
use crate::actor::{Actor, EmployerActor, PrescriberActor};
use crate::candidates::SituationPoint;
use crate::code::code;
use crate::ids::{CandidateId, DiagnosisId, OrganisationId, UserId};
use crate::policy::Denied;
use crate::time::{add_days, add_months, paris_date};

/// Validity of a diagnosis by a prescripteur habilité, in calendar months (rule book 03 §2.6).
pub const PRESCRIBER_VALIDITY_MONTHS: u32 = 6;
/// Validity of a diagnosis by an SIAE, in days: aligned with the three-month age of proofs (§2.6).
pub const EMPLOYER_VALIDITY_DAYS: u64 = 92;

code! {
    /// Which kind of organisation made a diagnosis.
    AuthorKind {
        Prescriber = "prescriber", "Prescripteur habilité";
        Employer = "employer", "Employeur";
    }
}

/// First day a diagnosis made by a prescripteur habilité on `day` no longer holds.
pub fn prescriber_diagnosis_expiry(day: NaiveDate) -> NaiveDate {
    add_months(day, PRESCRIBER_VALIDITY_MONTHS)
}

/// First day a diagnosis made by an SIAE on `day` no longer holds.
pub fn employer_diagnosis_expiry(day: NaiveDate) -> NaiveDate {
    add_days(day, EMPLOYER_VALIDITY_DAYS)
}

/// A diagnosis, as rules need it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnosis {
    /// Its id.
    pub id: DiagnosisId,
    /// The person.
    pub candidate: CandidateId,
    /// Which kind of organisation made it.
    pub author_kind: AuthorKind,
    /// The organisation that made it.
    pub organisation: OrganisationId,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// First day it no longer holds.
    pub expires_on: NaiveDate,
}

impl Diagnosis {
    /// Whether the diagnosis holds on `today`.
    pub fn is_unexpired(&self, today: NaiveDate) -> bool {
        today < self.expires_on
    }
}

/// From whose point of view a diagnosis is looked at (rule book 03 §2.7).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Viewer {
    /// Any prescriber: sees what prescribers made.
    Prescriber,
    /// An SIAE: sees what prescribers made, and its own.
    Siae(OrganisationId),
    /// A GEIQ or an OPCS: no actor of the IAE, it sees none (rule book 02 §11.3 CAN-C, 03 §1).
    OtherEmployer,
}

impl Viewer {
    /// As whom an actor looks at the diagnoses of a person their organisation deals with.
    pub const fn of(actor: &Actor) -> Self {
        match actor {
            Actor::Employer(employer) if employer.kind.is_siae() => Self::Siae(employer.organisation),
            Actor::Employer(_) => Self::OtherEmployer,
            Actor::Candidate(_)
            | Actor::Prescriber(_)
            | Actor::Inspector(_)
            | Actor::Staff(_)
            | Actor::System => Self::Prescriber,
        }
    }

    /// The same for an application they send to another company: what employers made stays out of it (ELI-5).
    pub const fn of_sender(actor: &Actor) -> Self {
        match Self::of(actor) {
            Self::Siae(_) | Self::Prescriber => Self::Prescriber,
            Self::OtherEmployer => Self::OtherEmployer,
        }
    }

    /// Whether diagnoses of the IAE are shown at all.
    pub const fn is_of_iae(self) -> bool {
        match self {
            Self::Siae(_) | Self::Prescriber => true,
            Self::OtherEmployer => false,
        }
    }

    fn sees(self, diagnosis: &Diagnosis) -> bool {
        match (self, diagnosis.author_kind) {
            (Self::Prescriber | Self::Siae(_), AuthorKind::Prescriber) => true,
            (Self::Siae(company), AuthorKind::Employer) => diagnosis.organisation == company,
            (Self::OtherEmployer, _) | (Self::Prescriber, AuthorKind::Employer) => false,
        }
    }
}

/// The diagnosis that counts for a viewer, if any (rule book 03 §2.7): among those they may see, unexpired unless
/// the person holds a valid PASS, a prescriber's before an employer's, then the most recent.
pub fn last_considered_valid(
    diagnoses: &[Diagnosis],
    viewer: Viewer,
    has_valid_pass: bool,
    today: NaiveDate,
) -> Option<&Diagnosis> {
    diagnoses
        .iter()
        .filter(|diagnosis| viewer.sees(diagnosis))
        .filter(|diagnosis| has_valid_pass || diagnosis.is_unexpired(today))
        .max_by_key(|diagnosis| (diagnosis.author_kind == AuthorKind::Prescriber, diagnosis.created_at))
}

/// A diagnosis to be written, with its criteria.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDiagnosis {
    /// What rules read of it.
    pub diagnosis: Diagnosis,
    /// The person who made it.
    pub author: UserId,
    /// Its criteria.
    pub criteria: Criteria,
    /// The structured diagnosis of a prescriber, point by point.
    pub points: Vec<SituationPoint>,
}

/// What a prescripteur habilité's diagnosis changes.
#[derive(Debug, PartialEq)]
pub struct Prescription {
    /// The new diagnosis.
    pub new: Changed<NewDiagnosis>,
    /// The one it replaces, ending today (rule book 03 §2.8).
    pub replaced: Option<Changed<Diagnosis>>,
}

impl Prescription {
    /// With the structured diagnosis.
    #[must_use]
    pub fn with_points(self, points: Vec<SituationPoint>) -> Self {
        Self { new: self.new.map(|new| NewDiagnosis { points, ..new }), ..self }
    }
}

/// Why a diagnosis cannot be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DiagnosisRefused {
    /// The actor may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The person holds a valid PASS: nothing to validate (§2.2).
    #[error("the person holds a valid PASS")]
    ValidPass,
    /// An SIAE's selection does not suffice (§2.4).
    #[error(transparent)]
    CriteriaMissing(#[from] CriteriaMissing),
    /// A criterion of age is contrary to the birth date (D12).
    #[error(transparent)]
    AgeContradicted(#[from] AgeContradicted),
    /// A diagnosis already counts for this SIAE (§2.2).
    #[error("a valid diagnosis already exists")]
    AlreadyValid,
    /// The right of the SIAE to prescribe to itself is withdrawn (rule book 04 §1.16).
    #[error(transparent)]
    Withdrawn(#[from] Withdrawn),
}

/// What the person already holds.
#[derive(Debug, Clone, Copy)]
pub struct DiagnosisFacts<'a> {
    /// Every diagnosis of the person.
    pub diagnoses: &'a [Diagnosis],
    /// Whether they hold a valid PASS today.
    pub has_valid_pass: bool,
    /// Their date of birth, when it is known.
    pub birth_date: Option<NaiveDate>,
    /// The days when the SIAE that validates may not; none for a prescriber.
    pub withdrawals: &'a [Withdrawn],
}

/// A prescripteur habilité validates the eligibility of a person, or renews a prescriber's diagnosis. No criterion
/// is required (rule book 03 §2.2, §2.8; [LAW] order of 1 September 2021).
pub fn prescribe(
    actor: &PrescriberActor,
    candidate: CandidateId,
    criteria: Criteria,
    facts: DiagnosisFacts<'_>,
    id: DiagnosisId,
    at: DateTime<Utc>,
) -> Result<Prescription, DiagnosisRefused> {
    policy::prescribe(actor)?;
    if facts.has_valid_pass {
        return Err(DiagnosisRefused::ValidPass);
    }
    let today = paris_date(at);
    criteria.agree_with(facts.birth_date, today)?;
    let replaced = last_considered_valid(facts.diagnoses, Viewer::Prescriber, false, today).cloned();
    let diagnosis = Diagnosis {
        id,
        candidate,
        author_kind: AuthorKind::Prescriber,
        organisation: actor.organisation,
        created_at: at,
        expires_on: prescriber_diagnosis_expiry(today),
    };
    Ok(Prescription {
        new: made(diagnosis, actor.user, criteria),
        replaced: replaced.map(|old| {
            let event = DiagnosisEvent {
                diagnosis: old.id,
                candidate,
                change: DiagnosisChange::Replaced { by: id, expired_on: old.expires_on },
            };
            Changed::new(Diagnosis { expires_on: today, ..old }, event)
        }),
    })
}

/// An SIAE validates the eligibility of a person it is about to hire, on administrative criteria
/// (auto-prescription; rule book 03 §2.2, §2.4, 02 §6.4), while its right to do so is not withdrawn (04 §1.16).
pub fn self_prescribe(
    actor: &EmployerActor,
    candidate: CandidateId,
    criteria: Criteria,
    facts: DiagnosisFacts<'_>,
    id: DiagnosisId,
    at: DateTime<Utc>,
) -> Result<Changed<NewDiagnosis>, DiagnosisRefused> {
    policy::self_prescribe(actor)?;
    if facts.has_valid_pass {
        return Err(DiagnosisRefused::ValidPass);
    }
    let today = paris_date(at);
    if last_considered_valid(facts.diagnoses, Viewer::Siae(actor.organisation), false, today).is_some() {
        return Err(DiagnosisRefused::AlreadyValid);
    }
    Withdrawn::check(facts.withdrawals, today)?;
    criteria.suffice_for(actor.kind)?;
    criteria.agree_with(facts.birth_date, today)?;
    let diagnosis = Diagnosis {
        id,
        candidate,
        author_kind: AuthorKind::Employer,
        organisation: actor.organisation,
        created_at: at,
        expires_on: employer_diagnosis_expiry(today),
    };
    Ok(made(diagnosis, actor.user, criteria))
}

fn made(diagnosis: Diagnosis, author: UserId, criteria: Criteria) -> Changed<NewDiagnosis> {
    let event = DiagnosisEvent {
        diagnosis: diagnosis.id,
        candidate: diagnosis.candidate,
        change: DiagnosisChange::Made { by: diagnosis.author_kind, expires_on: diagnosis.expires_on },
    };
    Changed::new(NewDiagnosis { diagnosis, author, criteria, points: Vec::new() }, event)
}

#[cfg(test)]
mod tests;
