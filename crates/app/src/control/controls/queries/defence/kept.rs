//! What an SIAE kept of a controlled criterion before it was drawn (03 §2.13; 05 C11): offered at once, when it holds.

use chrono::{DateTime, NaiveDate, Utc};
use iae_domain::control::{ControlledCriterion, ControlledHire};
use iae_domain::eligibility::{is_valid_for, max_age};
use iae_domain::ids::EligibilityProofId;
use serde::Deserialize;

use super::Defence;

/// A proof that the SIAE deposited itself, for this person and this criterion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct Kept {
    /// Its id.
    pub id: EligibilityProofId,
    /// The day the document says.
    pub dated_on: NaiveDate,
    /// When it was deposited.
    pub deposited_at: DateTime<Utc>,
    /// The criterion has it already.
    pub is_given: bool,
}

/// Why a proof that was kept cannot be used for a hire.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// It was more than so many months old on the first day of the contract.
    TooOld(u32),
    /// It came after the contract began.
    AfterStart,
}

impl Defence {
    /// The proof to be offered of a criterion: of those that hold for the hire, the latest document; else the latest there is, and
    /// why it cannot be used.
    pub fn offered(&self, hire: &ControlledHire, one: ControlledCriterion) -> Option<(Kept, Option<Unfit>)> {
        let starts_on = self.drawn.get(&hire.id)?.starts_on;
        let max_age =
            max_age(one.criterion, self.proof_of(one.criterion).and_then(|known| known.max_age_months));
        let all = self.kept.get(&one.id)?;
        let holding = all.iter().filter(|kept| is_valid_for(kept.dated_on, starts_on, max_age));
        if let Some(kept) = holding.max_by_key(|kept| kept.dated_on) {
            return Some((*kept, None));
        }
        let kept = *all.iter().max_by_key(|kept| kept.dated_on)?;
        let unfit = match max_age {
            Some(months) if kept.dated_on <= starts_on => Unfit::TooOld(months),
            Some(_) | None => Unfit::AfterStart,
        };
        Some((kept, Some(unfit)))
    }
}
