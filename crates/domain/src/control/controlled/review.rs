//! What a DDETS does of a control: each proof, a comment for each hire, then the SIAE as a whole (rule book 04 §1.10, §1.11).

use std::fmt;

use chrono::{DateTime, NaiveDate, Utc};

use super::{Control, ControlledCriterion, ControlledHire, ReviewedCriterion};
use crate::Changed;
use crate::control::event::ControlChange;
use crate::control::review::Decision;
use crate::control::state::{Campaign, RawState, Reviewed};
use crate::control::turn::TurnReview;
use crate::ids::ControlHireId;

/// What validating was said to do, as the form that asks for it carries it (D32).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SeenValidation {
    review: TurnReview,
    raw: RawState,
}

/// Why a review is not validated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ValidationRefused {
    /// It was, just as it was said: a second click.
    #[error("it is validated already")]
    Done,
    /// It would do something else than what was said.
    #[error("validating does something else now")]
    Changed,
    /// Something is not treated, a refused proof was not replaced, or it is over.
    #[error("it cannot be validated now")]
    NotNow,
}

impl SeenValidation {
    /// Reads what its own words said.
    pub fn parse(text: &str) -> Option<Self> {
        let (review, raw) = text.split_once(' ')?;
        let known = [TurnReview::AsItIs, TurnReview::Validated, TurnReview::Final];
        let review = known.into_iter().find(|known| code(*known) == review)?;
        Some(Self { review, raw: RawState::parse(raw)? })
    }
}

impl fmt::Display for SeenValidation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", code(self.review), self.raw.code())
    }
}

const fn code(review: TurnReview) -> &'static str {
    match review {
        TurnReview::AsItIs => "as_it_is",
        TurnReview::Validated => "validated",
        TurnReview::Final => "final",
    }
}

impl Control {
    /// The DDETS decides of a proof; none when that cannot be done of it now.
    pub fn review(
        &self,
        hire: &ControlledHire,
        one: ControlledCriterion,
        decision: Decision,
        today: NaiveDate,
    ) -> Option<Changed<ReviewedCriterion>> {
        let to = self.stage(today).decide(one.defended, &hire.defended(), decision)?;
        let from = one.defended.review;
        let change = ControlChange::Reviewed { hire: hire.id, criterion: one.criterion, from, to };
        Some(Changed::new(ReviewedCriterion { id: one.id, from, to }, self.event(change)))
    }

    /// The DDETS comments a hire; none when it is over, or nothing is asked of it.
    pub fn comment(
        &self,
        hire: &ControlledHire,
        comment: String,
        today: NaiveDate,
    ) -> Option<Changed<(ControlHireId, String)>> {
        let may = self.stage(today).may_comment(&hire.defended());
        let change = ControlChange::Commented { hire: hire.id };
        may.then(|| Changed::new((hire.id, comment), self.event(change)))
    }

    /// What validating would do; none when the DDETS may not yet, or no more (§1.11).
    pub fn validation(&self, today: NaiveDate) -> Option<TurnReview> {
        self.stage(today).validate(self.raw(), &self.defended())
    }

    /// The same, as a form says that it saw it.
    pub fn seen_validation(&self, today: NaiveDate) -> Option<SeenValidation> {
        self.validation(today).map(|review| SeenValidation { review, raw: self.raw() })
    }

    /// The DDETS validates its review, of which it was said that this would be done; nothing is compared when nothing was said.
    /// Nobody is told before the turn of the phase.
    pub fn validate(
        &self,
        seen: Option<SeenValidation>,
        now: DateTime<Utc>,
        today: NaiveDate,
    ) -> Result<Changed<Reviewed>, ValidationRefused> {
        let Some(would) = self.seen_validation(today) else {
            let is_done = seen.is_some_and(|seen| self.is_validated_as(seen));
            return Err(if is_done { ValidationRefused::Done } else { ValidationRefused::NotNow });
        };
        if seen.is_some_and(|seen| seen != would) {
            return Err(ValidationRefused::Changed);
        }
        let reviewed = self.reviewed.after(would.review, now);
        Ok(Changed::new(reviewed, self.event(ControlChange::Validated { review: would.review })))
    }

    /// Whether the DDETS validated it as it was said, in the phase that runs: the turn of a phase settles what nobody validated.
    fn is_validated_as(&self, seen: SeenValidation) -> bool {
        let Reviewed { at, finally_at, .. } = self.reviewed;
        let is_kept = match seen.review {
            TurnReview::AsItIs => false,
            TurnReview::Validated => !self.is_adversarial && at.is_some() && finally_at.is_none(),
            TurnReview::Final => finally_at.is_some() && !(self.is_adversarial && at == finally_at),
        };
        is_kept && self.phase == Campaign::Open && self.raw() == seen.raw
    }
}
