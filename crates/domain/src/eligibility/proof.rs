//! The proofs that an SIAE keeps of the criteria it declared, from the hire on and before anyone controls it (rule book 03 §2.13;
//! 05 C11): what may be deposited, for which hires it holds, until when it is kept.

use chrono::{DateTime, NaiveDate, Utc};

use super::Criterion;
use crate::Changed;
use crate::ids::{ApplicationId, CandidateId, EligibilityProofId, OrganisationId, UserId};
use crate::time::{add_months, paris_date, sub_months};

/// Months a proof is kept after the first day of the last hire it may serve (§2.13).
pub const PROOF_KEPT_MONTHS: u32 = 24;

/// The age a proof of a criterion may have on the first day of the contract, in months, from what the catalogue says (§2.3). It speaks
/// of the sworn statement for the level of education, which a diploma proves as well, and a diploma does not age.
pub fn max_age(criterion: Criterion, catalogue: Option<i16>) -> Option<u32> {
    catalogue.map(|months| u32::from(months.unsigned_abs())).filter(|_| criterion != Criterion::CapBep)
}

/// Whether a document dated that day proves a criterion for a contract that starts on this one: it was there already, and was
/// not too old.
pub fn is_valid_for(dated_on: NaiveDate, starts_on: NaiveDate, max_age: Option<u32>) -> bool {
    dated_on <= starts_on && max_age.is_none_or(|months| dated_on >= sub_months(starts_on, months))
}

/// A hire whose eligibility its SIAE validated itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeclaredHire {
    /// The application.
    pub application: ApplicationId,
    /// The SIAE.
    pub company: OrganisationId,
    /// Who was hired.
    pub candidate: CandidateId,
    /// Their date of birth, when it is known.
    pub birth_date: Option<NaiveDate>,
    /// First day of the contract.
    pub starts_on: NaiveDate,
    /// What was declared, in display order.
    pub criteria: Vec<DeclaredCriterion>,
}

/// A criterion that was declared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeclaredCriterion {
    /// Which one.
    pub criterion: Criterion,
    /// The age its proof may have, in months.
    pub max_age: Option<u32>,
    /// The State answered for the first day of the contract: no proof is needed.
    pub is_certified: bool,
}

/// A proof that an SIAE keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EligibilityProof {
    /// Its id.
    pub id: EligibilityProofId,
    /// The SIAE.
    pub company: OrganisationId,
    /// Whom it is about.
    pub candidate: CandidateId,
    /// What it proves.
    pub criterion: Criterion,
    /// The day the document says.
    pub dated_on: NaiveDate,
    /// Who deposited it.
    pub deposited_by: UserId,
    /// When: tells the files that took each other's place apart (D32).
    pub deposited_at: DateTime<Utc>,
}

/// Why a document is not kept: it would prove nothing, and what serves nothing is not kept of anyone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProofRefused {
    /// The SIAE did not declare this criterion.
    #[error("the criterion was not declared")]
    NotDeclared,
    /// The State certified it: no proof is needed.
    #[error("the criterion is certified")]
    Certified,
    /// The document says a day that is still to come.
    #[error("the document is dated in the future")]
    InTheFuture,
    /// It came after the contract began.
    #[error("the document is later than the contract")]
    AfterStart,
    /// It is older than the person.
    #[error("the document is older than the person")]
    BeforeBirth,
    /// It was too old on the first day of the contract.
    #[error("the document is more than {months} months old")]
    TooOld {
        /// The age it may have, in months.
        months: u32,
        /// The first day it may say.
        since: NaiveDate,
    },
}

impl DeclaredHire {
    /// What was declared of a criterion.
    pub fn declared(&self, criterion: Criterion) -> Option<DeclaredCriterion> {
        self.criteria.iter().copied().find(|declared| declared.criterion == criterion)
    }

    /// Whether a proof is to be kept of something.
    pub fn needs_proofs(&self) -> bool {
        self.criteria.iter().any(|declared| !declared.is_certified)
    }

    /// Whether a document dated that day may be deposited as the proof of a criterion.
    pub fn may_deposit(
        &self,
        criterion: Criterion,
        dated_on: NaiveDate,
        today: NaiveDate,
    ) -> Result<(), ProofRefused> {
        let declared = self.declared(criterion).ok_or(ProofRefused::NotDeclared)?;
        if declared.is_certified {
            return Err(ProofRefused::Certified);
        }
        if dated_on > today {
            return Err(ProofRefused::InTheFuture);
        }
        if dated_on > self.starts_on {
            return Err(ProofRefused::AfterStart);
        }
        if self.birth_date.is_some_and(|born| dated_on < born) {
            return Err(ProofRefused::BeforeBirth);
        }
        match declared.max_age.map(|months| (months, sub_months(self.starts_on, months))) {
            Some((months, since)) if dated_on < since => Err(ProofRefused::TooOld { months, since }),
            Some(_) | None => Ok(()),
        }
    }

    /// Keeps a document, in the place of the one of the same day when there is one. The file itself is what the trail keeps.
    pub fn deposit(
        &self,
        same: Option<EligibilityProofId>,
        (criterion, dated_on): (Criterion, NaiveDate),
        by: UserId,
        now: DateTime<Utc>,
    ) -> Result<Changed<EligibilityProof>, ProofRefused> {
        self.may_deposit(criterion, dated_on, paris_date(now))?;
        let proof = EligibilityProof {
            id: same.unwrap_or_else(|| EligibilityProofId::at(now)),
            company: self.company,
            candidate: self.candidate,
            criterion,
            dated_on,
            deposited_by: by,
            deposited_at: now,
        };
        Ok(Changed::with(proof, vec![]))
    }
}

impl EligibilityProof {
    /// It is given up, its file before it: that is what the trail keeps.
    pub const fn remove(&self) -> Changed<EligibilityProofId> {
        Changed::with(self.id, vec![])
    }
}

/// A proof, and the hires it may serve.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServingProof {
    /// Its id.
    pub id: EligibilityProofId,
    /// The day the document says.
    pub dated_on: NaiveDate,
    /// The age it may have, in months.
    pub max_age: Option<u32>,
    /// First days of the contracts for which its SIAE declared this criterion of this person.
    pub hires: Vec<NaiveDate>,
    /// The same of hires that are controlled, by a campaign that runs.
    pub controlled: Vec<NaiveDate>,
}

impl ServingProof {
    /// Last day it is kept: none when it serves no hire any more, all of them being cancelled.
    pub fn kept_until(&self) -> Option<NaiveDate> {
        let last = self.hires.iter().filter(|day| self.serves(**day)).max();
        last.map(|last| add_months(*last, PROOF_KEPT_MONTHS))
    }

    /// Whether a control that runs may still ask for it.
    pub fn is_wanted(&self) -> bool {
        self.controlled.iter().any(|day| self.serves(*day))
    }

    /// Forgets it, once it has no more use.
    pub fn forget(&self, today: NaiveDate) -> Option<Changed<EligibilityProofId>> {
        let is_kept = self.is_wanted() || self.kept_until().is_some_and(|until| today <= until);
        (!is_kept).then(|| Changed::with(self.id, vec![]))
    }

    fn serves(&self, starts_on: NaiveDate) -> bool {
        is_valid_for(self.dated_on, starts_on, self.max_age)
    }
}

#[cfg(test)]
mod tests;
