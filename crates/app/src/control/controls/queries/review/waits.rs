//! What a control waits for, of whom and until when (rule book 04 §1.7, §1.10, §1.11). Pure.

use chrono::NaiveDate;
use iae_domain::control::{CompanyState, Control, Days, Defended, Standing};
use iae_domain::ids::{ControlCriterionId, ControlHireId};

/// How many proofs were submitted, and how many of them were treated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// Proofs that were submitted.
    pub submitted: usize,
    /// Those that something was decided of.
    pub treated: usize,
}

impl Progress {
    /// Of these controls together.
    pub fn of<'a>(standings: impl IntoIterator<Item = &'a Standing>) -> Self {
        let mut progress = Self::default();
        for is_treated in standings.into_iter().flat_map(Standing::defended).filter_map(Standing::treated) {
            progress.submitted += 1;
            progress.treated += usize::from(is_treated);
        }
        progress
    }
}

/// The proofs that something may be decided of, and is not, in the order of the hires.
pub fn to_review(control: &Control, today: NaiveDate) -> Vec<(ControlHireId, ControlCriterionId)> {
    let stage = control.stage(today);
    let mut found = Vec::new();
    for hire in &control.hires {
        let defended = hire.defended();
        let waits = |one: Defended| stage.awaits_review(one, &defended);
        let criteria = hire.criteria.iter().filter(|one| waits(one.defended));
        found.extend(criteria.map(|one| (hire.id, one.id)));
    }
    found
}

/// The one that comes after a criterion, else the first: where whoever decides goes on.
pub fn next_to_review(
    control: &Control,
    after: ControlCriterionId,
    today: NaiveDate,
) -> Option<(ControlHireId, ControlCriterionId)> {
    let all: Vec<_> = control.hires.iter().flat_map(|hire| &hire.criteria).map(|one| one.id).collect();
    let place = |id| all.iter().position(|one| *one == id);
    let waiting = to_review(control, today);
    let next = waiting.iter().find(|(_, id)| place(*id) > place(after));
    next.or(waiting.first()).copied()
}

/// What a control waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Waits {
    /// Proofs wait for a decision of the DDETS.
    Review {
        /// How many.
        proofs: usize,
        /// Last day to decide.
        until: NaiveDate,
    },
    /// All is treated: the DDETS validates.
    Validation {
        /// Last day to validate.
        until: NaiveDate,
    },
    /// The SIAE submits.
    Company {
        /// Last day to submit.
        until: NaiveDate,
    },
    /// Nothing is to be done by anyone before that day.
    NextPhase {
        /// The day the next phase is planned on.
        on: NaiveDate,
    },
    /// It is over.
    Nothing,
}

impl Waits {
    /// What this one waits for.
    pub fn of(standing: &Standing, days: &Days) -> Self {
        if standing.is_final() {
            return Self::Nothing;
        }
        let until = days.reviewed_until();
        let proofs = standing.proofs_to_review();
        if proofs > 0 {
            return Self::Review { proofs, until };
        }
        if standing.validation().is_some() {
            return Self::Validation { until };
        }
        let owes = match standing.state() {
            CompanyState::Pending | CompanyState::Submittable => true,
            CompanyState::Adversarial => days.is_adversarial(),
            CompanyState::Accepted | CompanyState::Refused | CompanyState::Submitted => false,
        };
        if owes && !standing.stage.is_frozen {
            Self::Company { until: days.until() }
        } else {
            Self::NextPhase { on: days.next_phase_on() }
        }
    }

    /// Last day of what is waited for.
    pub const fn until(self) -> Option<NaiveDate> {
        match self {
            Self::Review { until, .. } | Self::Validation { until } | Self::Company { until } => Some(until),
            Self::NextPhase { .. } | Self::Nothing => None,
        }
    }

    /// Whether that day is over.
    pub fn is_late(self, today: NaiveDate) -> bool {
        self.until().is_some_and(|until| until < today)
    }
}

#[cfg(test)]
mod tests;
