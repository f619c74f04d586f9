//! What a DDETS does: it treats each proof, comments each hire, and validates each SIAE (rule book 04 §1.10, §1.11).

use super::badge::{Stage, is_certified};
use super::state::{Campaign, CompanyState, Defended, RawState, Review};
use super::turn::TurnReview;
use crate::code::code;

code! {
    /// What the DDETS does of the proof of a criterion.
    Decision {
        Accept = "accept", "Accepter";
        Refuse = "refuse", "Refuser";
        /// What was decided is taken back.
        Reset = "reset", "Modifier";
    }
}

impl Stage {
    /// Whether the proofs of a hire are reviewed now: in the amicable phase, once something was submitted; afterwards, until the
    /// control is over, once something was submitted anew. Nothing is asked of a hire that the State certified.
    pub fn may_review(&self, defended: &[Defended]) -> bool {
        if self.reviewed.is_final(self.campaign) || is_certified(defended) {
            return false;
        }
        defended.iter().filter(|one| !one.is_certified).any(|one| {
            match (one.submitted_at, self.reviewed.at) {
                (Some(submitted), Some(reviewed)) => submitted > reviewed,
                (submitted, None) => submitted.is_some(),
                (None, Some(_)) => false,
            }
        })
    }

    /// What the proof of a criterion becomes, those of its hire being given: none when that cannot be done of it now (EXT 5).
    /// A first refusal once the amicable phase was validated is the second one: nothing replaces it.
    pub fn decide(&self, one: Defended, defended: &[Defended], decision: Decision) -> Option<Review> {
        if one.is_certified || one.submitted_at.is_none() || !self.may_review(defended) {
            return None;
        }
        match (one.review, decision) {
            (Review::Pending, Decision::Accept) => Some(Review::Accepted),
            (Review::Pending, Decision::Refuse) if self.reviewed.at.is_some() => Some(Review::RefusedTwice),
            (Review::Pending, Decision::Refuse) => Some(Review::Refused),
            (Review::Accepted | Review::Refused | Review::RefusedTwice, Decision::Reset) => {
                Some(Review::Pending)
            }
            _ => None,
        }
    }

    /// Whether a hire may be commented.
    pub fn may_comment(&self, defended: &[Defended]) -> bool {
        !self.reviewed.is_final(self.campaign) && !is_certified(defended)
    }

    /// What validating an SIAE does now, all its criteria being given; none when it cannot be validated: something is not
    /// treated, or a refused proof was not replaced.
    pub fn validate(&self, raw: RawState, defended: &[Defended]) -> Option<TurnReview> {
        if self.campaign == Campaign::Ended || self.reviewed.finally_at.is_some() {
            return None;
        }
        match (self.reviewed.at, self.reviewed.state(raw, self.campaign)) {
            (None, CompanyState::Accepted) => Some(TurnReview::Final),
            (None, CompanyState::Refused) => Some(TurnReview::Validated),
            (Some(reviewed), CompanyState::Adversarial) => {
                let was_left = |one: &Defended| {
                    one.review == Review::Refused
                        && one.submitted_at.is_some_and(|submitted| submitted <= reviewed)
                };
                (!defended.iter().any(was_left)).then_some(TurnReview::Final)
            }
            _ => None,
        }
    }

    /// Whether an SIAE is still to be controlled (§1.11): a proof waits, and its phase is not validated.
    pub fn is_still_to_control(&self, defended: &[Defended]) -> bool {
        let waits = defended.iter().any(|one| one.review == Review::Pending && one.submitted_at.is_some());
        let is_open = if self.adversarial_from > self.today {
            self.reviewed.at.is_none()
        } else {
            self.reviewed.finally_at.is_none()
        };
        waits && is_open
    }
}

#[cfg(test)]
mod tests {
    use super::super::badge::tests::{STATES, at, day, defended, ended, frozen, open, reviewed};
    use super::super::state::{HireState, Reviewed};
    use super::*;

    fn over() -> Stage {
        let reviewed = Reviewed { at: Some(at(9)), finally_at: Some(at(19)), final_state: None };
        Stage { reviewed, ..open() }
    }

    fn one(state: HireState, submitted: u32) -> Defended {
        defended(state, submitted)[0]
    }

    /// §1.10: each decision on each state, before the review, then after it for a hire with something submitted anew.
    #[test]
    fn each_proof_is_accepted_refused_or_taken_back() {
        use {Decision as D, Review as R};
        let reviews =
            [HireState::Submitted, HireState::Accepted, HireState::Refused, HireState::RefusedTwice];
        for (stage, decision, expected) in [
            (open(), D::Accept, [Some(R::Accepted), None, None, None]),
            (open(), D::Refuse, [Some(R::Refused), None, None, None]),
            (open(), D::Reset, [None, Some(R::Pending), Some(R::Pending), Some(R::Pending)]),
            (reviewed(open()), D::Accept, [Some(R::Accepted), None, None, None]),
            (reviewed(open()), D::Refuse, [Some(R::RefusedTwice), None, None, None]),
            (reviewed(open()), D::Reset, [None, Some(R::Pending), Some(R::Pending), Some(R::Pending)]),
            (frozen(open()), D::Accept, [Some(R::Accepted), None, None, None]),
            (ended(reviewed(open())), D::Accept, [None; 4]),
            (over(), D::Reset, [None; 4]),
        ] {
            let decided = reviews.map(|state| {
                let all = [one(state, 12), one(HireState::Accepted, 12)];
                stage.decide(all[0], &all, decision)
            });
            assert_eq!(decided, expected, "{stage:?} {decision:?}");
        }
    }

    #[test]
    fn a_proof_that_was_not_submitted_is_not_reviewed() {
        for state in [HireState::Processing, HireState::Uploaded] {
            let all = [one(state, 5), one(HireState::Submitted, 5)];
            assert_eq!(open().decide(all[0], &all, Decision::Accept), None, "{state:?}");
        }
        let certified = Defended { is_certified: true, ..one(HireState::Accepted, 5) };
        assert!(!open().may_review(&[certified]) && !open().may_comment(&[certified]));
        let beside = [certified, one(HireState::Submitted, 5)];
        assert_eq!(open().decide(certified, &beside, Decision::Reset), None);
    }

    /// In the contradictory phase, a hire is reviewed again whole once one of its proofs came after the review (9 August).
    #[test]
    fn a_hire_is_reviewed_again_when_something_came_since() {
        let accepted = one(HireState::Accepted, 5);
        let before = [accepted, one(HireState::Refused, 5)];
        let since = [accepted, one(HireState::Submitted, 12)];
        assert!(open().may_review(&before));
        assert!(!reviewed(open()).may_review(&before));
        assert_eq!(reviewed(open()).decide(accepted, &since, Decision::Reset), Some(Review::Pending));
        assert!(!open().may_review(&defended(HireState::Pending, 1)));
    }

    /// §1.11, in the order pending, processing, uploaded, submitted, accepted, refused, refused twice.
    #[test]
    fn what_validating_does() {
        use TurnReview::*;
        for (stage, submitted, expected, why) in [
            (open(), 5, [None, None, None, None, Some(Final), Some(Validated), Some(Validated)], "amicable"),
            (
                frozen(open()),
                5,
                [None, None, None, None, Some(Final), Some(Validated), Some(Validated)],
                "frozen",
            ),
            (
                reviewed(open()),
                12,
                [None, None, None, None, Some(Final), Some(Final), Some(Final)],
                "contradictory",
            ),
            (
                reviewed(open()),
                5,
                [None, None, None, None, Some(Final), None, Some(Final)],
                "refused, not replaced",
            ),
            (over(), 12, [None; 7], "validated for good"),
            (ended(open()), 5, [None; 7], "the campaign ended"),
        ] {
            let done = STATES.map(|state| {
                let defended = defended(state, submitted);
                stage.validate(RawState::of([HireState::of(&defended)]), &defended)
            });
            assert_eq!(done, expected, "{why}");
        }
    }

    /// On both sides of the day the contradictory phase begins (the 10th).
    #[test]
    fn what_is_still_to_control() {
        let on = |stage: Stage, today| Stage { today: day(today), ..stage };
        for (stage, state, expected) in [
            (on(open(), 9), HireState::Submitted, true),
            (on(reviewed(open()), 9), HireState::Submitted, false),
            (on(reviewed(open()), 10), HireState::Submitted, true),
            (on(over(), 10), HireState::Submitted, false),
            (on(open(), 9), HireState::Uploaded, false),
            (on(open(), 9), HireState::Accepted, false),
        ] {
            assert_eq!(stage.is_still_to_control(&defended(state, 5)), expected, "{stage:?} {state:?}");
        }
    }
}
