//! What an SIAE is told of its control, and when: of what was decided, nothing before the turn of the phase (rule book 04 §1.11 to
//! §1.13).

use super::calendar::Calendar;
use super::controlled::{Control, ControlledHire};
use super::state::{Campaign, CompanyState, Defended, FinalState, HireState, RawState, Reviewed};
use crate::time::paris_date;
use chrono::{DateTime, NaiveDate, Utc};

/// The days of a campaign, as its SIAE read them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    /// The two days that were planned.
    pub calendar: Calendar,
    /// When the SIAE were drawn.
    pub launched_at: DateTime<Utc>,
    /// When the contradictory phase was begun.
    pub adversarial_at: Option<DateTime<Utc>>,
}

impl Days {
    /// Whether the contradictory phase was begun.
    pub const fn is_adversarial(&self) -> bool {
        self.adversarial_at.is_some()
    }

    /// Last day to submit in the phase that runs. Nothing is frozen by itself on the next one.
    pub fn until(&self) -> NaiveDate {
        match self.adversarial_at {
            None => Calendar::amicable_until(paris_date(self.launched_at)),
            Some(_) => self.calendar.adversarial_until(),
        }
    }

    /// Whether who had this result then was told since: at the draw when the State certified all, else at the turn of the phase.
    fn told_since(&self, decided: DateTime<Utc>) -> bool {
        decided <= self.launched_at || self.adversarial_at.is_some_and(|turn| decided <= turn)
    }
}

/// Where its SIAE is told that a control stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// The State certified all its hires: nothing is asked of it.
    Certified,
    /// It has a result.
    Result(FinalState),
    /// It chooses, gives and submits.
    Open,
    /// It submitted at that instant, and waits for the next phase.
    Submitted(DateTime<Utc>),
    /// Nobody submits any more since that instant, until the next phase.
    Frozen(DateTime<Utc>),
}

impl Told {
    /// Whether nothing more is to come of it.
    pub const fn is_over(self) -> bool {
        match self {
            Self::Certified | Self::Result(_) => true,
            Self::Open | Self::Submitted(_) | Self::Frozen(_) => false,
        }
    }
}

/// What decides of it.
#[derive(Debug, Clone)]
pub struct ToldFacts {
    /// Whether the campaign is over.
    pub phase: Campaign,
    /// What was validated.
    pub reviewed: Reviewed,
    /// Since when it may not submit.
    pub frozen_at: Option<DateTime<Utc>>,
    /// Whether a decision on its negative result was notified.
    pub is_notified: bool,
    /// The criteria of each of its hires.
    pub hires: Vec<Vec<Defended>>,
}

impl ToldFacts {
    /// Of a control.
    pub fn of(control: &Control) -> Self {
        Self {
            phase: control.phase,
            reviewed: control.reviewed,
            frozen_at: control.frozen_at,
            is_notified: control.notified_at.is_some(),
            hires: control.hires.iter().map(ControlledHire::defended).collect(),
        }
    }

    /// Where its SIAE is told that it stands.
    pub fn told(&self, days: &Days) -> Told {
        let all = || self.hires.iter().flatten();
        if self.raw() == RawState::Accepted && all().all(|one| one.is_certified) {
            return Told::Certified;
        }
        match (self.result(days), self.frozen_at) {
            (Some(result), _) => Told::Result(result),
            (None, None) => Told::Open,
            (None, Some(at)) if all().any(|one| !one.is_certified && one.submitted_at == Some(at)) => {
                Told::Submitted(at)
            }
            (None, Some(at)) => Told::Frozen(at),
        }
    }

    /// Whether something is to be done by it (§1.19).
    pub fn needs_action(&self) -> bool {
        self.frozen_at.is_none()
            && match self.state() {
                CompanyState::Pending | CompanyState::Submittable | CompanyState::Adversarial => true,
                CompanyState::Accepted | CompanyState::Refused | CompanyState::Submitted => false,
            }
    }

    fn raw(&self) -> RawState {
        RawState::of(self.hires.iter().map(|defended| HireState::of(defended)))
    }

    fn state(&self) -> CompanyState {
        self.reviewed.state(self.raw(), self.phase)
    }

    /// Its result, once it was told. What the DDETS validated waits for the turn of the phase, or for the end.
    fn result(&self, days: &Days) -> Option<FinalState> {
        let is_told = self.phase == Campaign::Ended
            || self.is_notified
            || self.reviewed.finally_at.is_some_and(|decided| days.told_since(decided));
        match self.state() {
            CompanyState::Accepted if is_told => Some(FinalState::Accepted),
            CompanyState::Refused if is_told => Some(FinalState::Refused),
            CompanyState::Accepted
            | CompanyState::Refused
            | CompanyState::Submitted
            | CompanyState::Submittable
            | CompanyState::Pending
            | CompanyState::Adversarial => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::state::Review;
    use chrono::TimeZone as _;

    use super::*;

    fn at(day: u32) -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 8, day, 10, 0, 0).unwrap()
    }

    /// Drawn on 1 August; the contradictory phase begun on the day given.
    fn days(turn: Option<u32>) -> Days {
        let day = |text: &str| text.parse().unwrap();
        let calendar = Calendar { launch_on: day("2026-08-01"), adversarial_from: day("2026-08-10") };
        Days { calendar, launched_at: at(1), adversarial_at: turn.map(at) }
    }

    fn one(review: Review, submitted: Option<u32>) -> Defended {
        Defended { is_certified: false, has_proof: true, submitted_at: submitted.map(at), review }
    }

    fn facts(one: Defended, reviewed: [Option<u32>; 2], frozen: Option<u32>) -> ToldFacts {
        let [first, last] = reviewed;
        ToldFacts {
            phase: Campaign::Open,
            reviewed: Reviewed { at: first.map(at), finally_at: last.map(at), final_state: None },
            frozen_at: frozen.map(at),
            is_notified: false,
            hires: vec![vec![one]],
        }
    }

    /// §1.11: « results are embargoed until the transition (phase 2) or the close (phase 3) ».
    #[test]
    fn nothing_that_was_decided_is_told_before_the_turn() {
        use Review::{Accepted, Pending, Refused, RefusedTwice};
        let (positive, negative) = (FinalState::Accepted, FinalState::Refused);
        for (one, reviewed, frozen, turn, told, why) in [
            (one(Pending, None), [None, None], None, None, Told::Open, "amicable"),
            (one(Pending, Some(3)), [None, None], Some(3), None, Told::Submitted(at(3)), "submitted"),
            (one(Accepted, Some(3)), [Some(4); 2], Some(3), None, Told::Submitted(at(3)), "accepted, unsaid"),
            (
                one(Refused, Some(3)),
                [Some(4), None],
                Some(3),
                None,
                Told::Submitted(at(3)),
                "refused, unsaid",
            ),
            (one(Pending, None), [None, None], Some(5), None, Told::Frozen(at(5)), "frozen by the team"),
            (
                one(Accepted, Some(3)),
                [Some(4); 2],
                None,
                Some(10),
                Told::Result(positive),
                "said at the turn",
            ),
            (
                one(Accepted, Some(3)),
                [Some(4); 2],
                Some(20),
                Some(10),
                Told::Result(positive),
                "and ever since",
            ),
            (one(Pending, Some(3)), [Some(10); 2], None, Some(10), Told::Result(positive), "by default"),
            (one(Refused, Some(3)), [Some(4), None], None, Some(10), Told::Open, "contradictory"),
            (
                one(Accepted, Some(12)),
                [Some(4), Some(13)],
                Some(12),
                Some(10),
                Told::Submitted(at(12)),
                "unsaid again",
            ),
            (
                one(RefusedTwice, Some(12)),
                [Some(4), Some(13)],
                Some(12),
                Some(10),
                Told::Submitted(at(12)),
                "unsaid too",
            ),
        ] {
            assert_eq!(facts(one, reviewed, frozen).told(&days(turn)), told, "{why}");
        }
        let refused = facts(one(RefusedTwice, Some(12)), [Some(4), Some(13)], Some(12));
        let ended = ToldFacts { phase: Campaign::Ended, ..refused.clone() };
        let notified = ToldFacts { is_notified: true, ..refused };
        for told in [ended, notified] {
            assert_eq!(told.told(&days(Some(10))), Told::Result(negative), "{told:?}");
        }
    }

    #[test]
    fn what_the_state_certified_is_told_at_once() {
        let certified = Defended { is_certified: true, has_proof: false, ..one(Review::Accepted, Some(1)) };
        let all = facts(certified, [Some(1), Some(1)], None);
        assert_eq!(all.told(&days(None)), Told::Certified);
        assert!(!all.needs_action());
        let beside =
            ToldFacts { hires: vec![vec![certified], vec![]], ..facts(certified, [None, None], None) };
        assert_eq!(beside.told(&days(None)), Told::Open);
        assert!(beside.needs_action());
    }

    #[test]
    fn the_days_to_submit_are_those_of_the_phase_that_runs() {
        assert_eq!(days(None).until().to_string(), "2026-09-12");
        assert_eq!(days(Some(10)).until().to_string(), "2026-09-21");
    }
}
