//! Where the control of an SIAE stands on a day, without what it is about: all that a list says of it (rule book 04 §1.10, §1.11, §1.14).

use chrono::NaiveDate;

use super::badge::{Badge, Stage};
use super::controlled::{Control, ControlledHire};
use super::review::Decision;
use super::state::{CompanyState, Defended, HireState, RawState, Review};
use super::turn::TurnReview;

/// Where the control of an SIAE stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Of the control, on a day.
    pub stage: Stage,
    /// Whether a decision on its negative result was notified.
    pub is_notified: bool,
    /// For each of its hires, where its criteria stand.
    pub hires: Vec<Vec<Defended>>,
}

impl Standing {
    /// What its hires make of it.
    pub fn raw(&self) -> RawState {
        RawState::of(self.hires.iter().map(|defended| HireState::of(defended)))
    }

    /// What it is at.
    pub fn state(&self) -> CompanyState {
        self.stage.reviewed.state(self.raw(), self.stage.campaign)
    }

    /// Whether nothing more is decided of it.
    pub const fn is_final(&self) -> bool {
        self.stage.reviewed.is_final(self.stage.campaign)
    }

    /// What its DDETS reads of it in its list.
    pub fn badge(&self) -> Badge {
        self.stage.badge_of_company(self.raw(), self.is_notified)
    }

    /// The criteria of all its hires.
    pub fn defended(&self) -> impl Iterator<Item = &Defended> {
        self.hires.iter().flatten()
    }

    /// How many proofs wait for a decision that may be taken.
    pub fn proofs_to_review(&self) -> usize {
        let waits = |defended: &Vec<Defended>| {
            let waits = |one: &&Defended| self.stage.awaits_review(**one, defended);
            defended.iter().filter(waits).count()
        };
        self.hires.iter().map(waits).sum()
    }

    /// What validating it does now; none when it cannot be validated.
    pub fn validation(&self) -> Option<TurnReview> {
        let defended: Vec<Defended> = self.defended().copied().collect();
        self.stage.validate(self.raw(), &defended)
    }

    /// Whether a negative result waits for its first decision.
    pub fn awaits_decision(&self) -> bool {
        self.is_final() && self.state() == CompanyState::Refused && !self.is_notified
    }

    /// Whether this proof was submitted, and whether it was treated: none of a criterion that the State certified.
    pub fn treated(one: &Defended) -> Option<bool> {
        (!one.is_certified && one.submitted_at.is_some()).then(|| one.review != Review::Pending)
    }
}

impl Stage {
    /// Whether a decision of a proof may be taken and is not, the criteria of its hire being given.
    pub fn awaits_review(&self, one: Defended, defended: &[Defended]) -> bool {
        self.decide(one, defended, Decision::Accept).is_some()
    }
}

impl Control {
    /// Where it stands on a day.
    pub fn standing(&self, today: NaiveDate) -> Standing {
        Standing {
            stage: self.stage(today),
            is_notified: self.notified_at.is_some(),
            hires: self.hires.iter().map(ControlledHire::defended).collect(),
        }
    }
}
