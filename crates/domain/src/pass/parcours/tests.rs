use proptest::prelude::*;

use super::*;
use crate::time::sub_days;

pub(in crate::pass) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(in crate::pass) fn period(start: &str, end: &str) -> Period {
    Period { start: day(start), end: day(end) }
}

/// Rule book 03 §4.9, the worked example, line by line.
#[test]
fn the_end_moves_by_one_day_less_than_each_suspension_has() {
    let parcours = Parcours::starting(day("2026-01-01"));
    assert_eq!(parcours.end(), day("2027-12-31"));
    let parcours = parcours.with_suspension(period("2026-03-01", "2026-03-31"));
    assert_eq!(parcours.end(), day("2028-01-30"));
    let parcours = parcours.with_suspension(period("2026-05-01", "2026-05-15"));
    assert_eq!(parcours.end(), day("2028-02-13"));
    let parcours =
        parcours.without_suspension(day("2026-05-01")).with_suspension(period("2026-05-01", "2026-05-10"));
    assert_eq!(parcours.end(), day("2028-02-08"));
    let parcours = parcours.without_suspension(day("2026-03-01"));
    assert_eq!(parcours.end(), day("2028-01-09"));
    let parcours = parcours.with_suspension(period("2026-06-10", "2026-06-10"));
    assert_eq!(parcours.end(), day("2028-01-09"), "one day moves nothing");
}

#[test]
fn a_prolongation_ends_the_pass_on_the_day_asked() {
    let parcours = Parcours::starting(day("2026-01-01"));
    let prolonged = parcours.with_prolongation(period("2027-12-31", "2028-06-30"));
    assert_eq!((prolonged.end(), prolonged.prolonged_days()), (day("2028-06-30"), 182));
}

/// Rule book 03 §4.4.
#[test]
fn the_state_on_a_day() {
    let parcours = Parcours::starting(day("2026-01-01"))
        .with_suspension(period("2026-03-01", "2026-03-31"))
        .with_suspension(period("2028-01-29", "2028-02-10"));
    assert_eq!(parcours.end(), day("2028-02-11"));
    for (today, state) in [
        ("2025-12-31", PassState::Future),
        ("2026-01-01", PassState::Valid),
        ("2026-02-28", PassState::Valid),
        ("2026-03-01", PassState::Suspended),
        ("2026-03-31", PassState::Suspended),
        ("2026-04-01", PassState::Valid),
        ("2028-02-10", PassState::Suspended),
        ("2028-02-11", PassState::Valid),
        ("2028-02-12", PassState::Expired),
    ] {
        assert_eq!(parcours.state(day(today)), state, "{today}");
        assert_eq!(parcours.is_valid(day(today)), state != PassState::Expired, "{today}");
    }
    let to_the_end = Parcours::issued(period("2026-01-01", "2026-12-31"))
        .with_suspension(period("2026-12-31", "2027-01-20"));
    assert_eq!(to_the_end.state(day("2027-01-20")), PassState::Suspended, "suspended on its last day");
    assert_eq!(to_the_end.state(day("2027-01-21")), PassState::Expired);
}

/// Rule book 03 §5.7, the worked example: the days left are frozen, and given back.
#[test]
fn what_is_left_stands_still_while_the_parcours_is_suspended() {
    let parcours = Parcours::starting(day("2026-01-01")).with_suspension(period("2026-06-01", "2029-05-31"));
    assert_eq!(parcours.end(), day("2030-12-30"));
    for (today, left) in [
        ("2025-12-01", 729),
        ("2026-01-01", 729),
        ("2026-05-31", 579),
        ("2026-06-01", 578),
        ("2026-08-10", 578),
        ("2029-05-31", 578),
        ("2029-06-01", 578),
        ("2029-06-02", 577),
        ("2030-12-30", 1),
        ("2030-12-31", 0),
    ] {
        assert_eq!(parcours.remaining_days(day(today)), left, "{today}");
    }
    assert_eq!(parcours.estimated_end(day("2026-08-10")), None, "hidden while it is suspended");
    assert_eq!(parcours.estimated_end(day("2026-05-31")), Some(day("2027-12-30")));
    assert_eq!(parcours.estimated_end(day("2031-01-01")), None);
}

/// Rule book 03 §4.13.
#[test]
fn closing_cuts_what_runs_and_drops_what_was_to_come() {
    let parcours = Parcours::starting(day("2026-01-01"))
        .with_suspension(period("2026-03-01", "2026-03-10"))
        .with_suspension(period("2026-06-01", "2029-05-31"));
    let closed = parcours.clone().closed(day("2027-06-15"));
    assert_eq!(closed.end(), day("2027-06-15"));
    assert_eq!(
        closed.suspensions(),
        [period("2026-03-01", "2026-03-10"), period("2026-06-01", "2027-06-15")]
    );
    assert_eq!(closed.state(day("2027-06-16")), PassState::Expired);
    let before = parcours.closed(day("2026-06-01"));
    assert_eq!(before.suspensions(), [period("2026-03-01", "2026-03-10")], "one that starts that day");
}

/// A parcours to which anything happened, in any order: suspensions that share no day, prolongations of its end.
pub(in crate::pass) fn any_parcours() -> impl Strategy<Value = Parcours> {
    let acts = prop::collection::vec((prop::bool::ANY, 1_u64..400, 0_u64..400), 0..8);
    (0_u64..8_000, 2_u64..=730, acts).prop_map(|(offset, length, acts)| {
        let start = add_days(day("2005-01-01"), offset);
        let mut parcours = Parcours::issued(Period { start, end: add_days(start, length - 1) });
        let mut free = start;
        for (is_suspension, gap, length) in acts {
            if is_suspension {
                let first = add_days(free, gap);
                if first <= parcours.end() {
                    let last = add_days(first, length);
                    free = add_days(last, 1);
                    parcours = parcours.with_suspension(Period { start: first, end: last });
                }
            } else {
                let from = parcours.end();
                parcours = parcours.with_prolongation(Period { start: from, end: add_days(from, gap) });
            }
        }
        parcours
    })
}

proptest! {
    /// The equation of rule book 03 §4.9, whatever happened and in whatever order.
    #[test]
    fn the_end_is_what_was_issued_and_all_that_was_added(parcours in any_parcours()) {
        let issued = parcours.issued_period();
        let suspended: i64 = parcours.suspensions().iter().map(|one| (one.end - one.start).num_days()).sum();
        let prolonged: i64 = parcours.prolongations().iter().map(|one| (one.end - one.start).num_days()).sum();
        prop_assert_eq!((parcours.end() - issued.end).num_days(), suspended + prolonged);
        let again = parcours.prolongations().iter().rev().fold(
            parcours.suspensions().iter().rev().fold(Parcours::issued(issued), |made, one| made.with_suspension(*one)),
            |made, one| made.with_prolongation(*one),
        );
        prop_assert_eq!(again, parcours, "the order does not matter");
    }

    /// One day less each day, none while it is suspended; never less than none, and none left once it is over.
    #[test]
    fn days_left_go_one_by_one_and_stand_still_while_suspended(parcours in any_parcours(), after in 0_u64..4_000) {
        let today = add_days(sub_days(parcours.start(), 30), after);
        let tomorrow = add_days(today, 1);
        let runs = matches!(parcours.state(today), PassState::Valid);
        let gone = parcours.remaining_days(today) - parcours.remaining_days(tomorrow);
        prop_assert_eq!(gone, u64::from(runs), "{} on {}", parcours.state(today).code(), today);
        if parcours.state(today) == PassState::Expired {
            prop_assert_eq!(parcours.remaining_days(today), 0);
        }
    }
}
