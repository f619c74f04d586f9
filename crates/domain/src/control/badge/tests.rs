//! The tables of the rule book (04 §1.13, §1.14) are held cell by cell in `tests/control_tables`.

use chrono::{DateTime, Utc};

use super::*;

pub(in crate::control) const STATES: [HireState; 7] = [
    HireState::Pending,
    HireState::Processing,
    HireState::Uploaded,
    HireState::Submitted,
    HireState::Accepted,
    HireState::Refused,
    HireState::RefusedTwice,
];

pub(in crate::control) fn at(day: u32) -> DateTime<Utc> {
    format!("2026-08-{day:02}T08:00:00Z").parse().unwrap()
}

pub(in crate::control) fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 8, day).unwrap()
}

/// A hire in each state, its proof submitted on `submitted`.
pub(in crate::control) fn defended(state: HireState, submitted: u32) -> Vec<Defended> {
    let one = |has_proof, is_submitted: bool, review| Defended {
        is_certified: false,
        has_proof,
        submitted_at: is_submitted.then(|| at(submitted)),
        review,
    };
    match state {
        HireState::Pending => vec![],
        HireState::Processing => vec![one(false, false, Review::Pending)],
        HireState::Uploaded => vec![one(true, false, Review::Pending)],
        HireState::Submitted => vec![one(true, true, Review::Pending)],
        HireState::Accepted => vec![one(true, true, Review::Accepted)],
        HireState::Refused => vec![one(true, true, Review::Refused)],
        HireState::RefusedTwice => vec![one(true, true, Review::RefusedTwice)],
    }
}

/// An SIAE that may submit, on 20 August, the contradictory phase beginning on the 10th.
pub(in crate::control) fn open() -> Stage {
    Stage {
        campaign: Campaign::Open,
        is_frozen: false,
        reviewed: Reviewed::default(),
        adversarial_from: day(10),
        is_adversarial: true,
        today: day(20),
    }
}

pub(in crate::control) fn reviewed(stage: Stage) -> Stage {
    Stage { reviewed: Reviewed { at: Some(at(9)), ..stage.reviewed }, ..stage }
}

pub(in crate::control) fn frozen(stage: Stage) -> Stage {
    Stage { is_frozen: true, ..stage }
}

pub(in crate::control) fn ended(stage: Stage) -> Stage {
    Stage { campaign: Campaign::Ended, ..stage }
}

/// §1.13: on both sides of the day of the contradictory phase, of the freeze and of the review (9 August).
#[test]
fn what_was_decided_is_hidden_until_its_day() {
    let on = |stage: Stage, today| Stage { today: day(today), ..stage };
    let shut = frozen(reviewed(open()));
    for (stage, submitted, hidden, why) in [
        (on(shut, 9), 5, true, "before the day"),
        (on(shut, 10), 5, true, "that very day, until the action is run"),
        (on(shut, 11), 5, false, "all of it was decided in the amicable phase"),
        (on(shut, 11), 10, true, "submitted again since"),
        (on(reviewed(open()), 9), 5, false, "not frozen"),
        (on(reviewed(open()), 11), 10, false, "not frozen"),
        (on(frozen(open()), 11), 5, true, "never reviewed"),
    ] {
        for state in [HireState::Accepted, HireState::Refused, HireState::RefusedTwice] {
            let defended = defended(state, submitted);
            assert_eq!(stage.hides(&defended), hidden, "{why}");
            let badge = stage.badge_for_company(&defended);
            let review = stage.review_for_company(defended[0], &defended);
            if hidden {
                assert_eq!((badge, review), (Badge::Sent, Review::Pending), "{why}");
            } else {
                let shown = if state == HireState::Accepted { Badge::Valid } else { Badge::Problem };
                assert_eq!((badge, review), (shown, defended[0].review), "{why}");
            }
        }
    }
}
