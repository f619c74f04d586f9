//! What the turns of its campaign make of a control (rule book 04 §1.12).

use chrono::{DateTime, Utc};

use super::{Control, Turned};
use crate::control::event::{ControlChange, ControlEvent};
use crate::control::state::{Defended, FinalState, Reviewed};
use crate::control::turn::{Turn, TurnReview, closed, transitioned};

impl Control {
    /// The contradictory phase begins.
    pub(in crate::control) fn begin_adversarial(&self, now: DateTime<Utc>) -> (Turned, ControlEvent) {
        let turn = transitioned(self.reviewed, self.raw(), self.is_certified());
        let change = ControlChange::AdversarialBegun { review: turn.review, mail: turn.mail };
        (Turned { frozen_at: None, ..self.turned(turn, None, now) }, self.event(change))
    }

    /// The SIAE may submit no more in this phase.
    pub(in crate::control) const fn freeze(&self, now: DateTime<Utc>) -> Turned {
        Turned { id: self.id, reviewed: self.reviewed, frozen_at: Some(now), mail: None }
    }

    /// The campaign ends.
    pub(in crate::control) fn close(&self, now: DateTime<Utc>) -> (Turned, ControlEvent) {
        let is_proof = |one: &Defended| !one.is_certified && one.submitted_at.is_some();
        let has_proof = self.defended().iter().any(is_proof);
        let (turn, result) = closed(self.reviewed, self.raw(), has_proof, self.notified_at.is_some());
        let change = ControlChange::Closed { review: turn.review, mail: turn.mail };
        (self.turned(turn, Some(result), now), self.event(change))
    }

    const fn turned(&self, turn: Turn, result: Option<FinalState>, now: DateTime<Utc>) -> Turned {
        let reviewed = Reviewed { final_state: result, ..self.reviewed.after(turn.review, now) };
        Turned { id: self.id, reviewed, frozen_at: self.frozen_at, mail: turn.mail }
    }
}

impl Reviewed {
    /// What was validated, once this is too.
    pub(super) const fn after(self, review: TurnReview, now: DateTime<Utc>) -> Self {
        let first = match self.at {
            Some(at) => Some(at),
            None => Some(now),
        };
        match review {
            TurnReview::AsItIs => self,
            TurnReview::Validated => Self { at: first, ..self },
            TurnReview::Final => Self { at: first, finally_at: Some(now), ..self },
        }
    }
}
