use proptest::prelude::*;

use super::super::held::tests::{held, hire};
use super::super::parcours::tests::{any_parcours, day, period};
use super::super::tests::pass;
use super::*;
use crate::time::{add_days, sub_days};

fn with(parcours: Parcours) -> HeldPass {
    let mut held = held(vec![]);
    held.pass.parcours = parcours;
    held.passes = vec![held.pass.clone()];
    held
}

/// Rule book 03 §4.7, last paragraph: a PASS of 2026 and 2027, suspended in March 2026, prolonged at its end.
#[test]
fn the_first_day_moves_and_the_end_by_as_many_days() {
    let usual = || Parcours::starting(day("2026-01-01"));
    let suspended = || usual().with_suspension(period("2026-03-01", "2026-03-31"));
    let prolonged = || usual().with_prolongation(period("2027-12-31", "2028-06-30"));
    let both = || prolonged().with_suspension(period("2028-03-01", "2028-03-31"));
    let late = || usual().with_suspension(period("2027-12-20", "2027-12-25"));
    let too_far = || Err(NotCorrectable::TooFar { earliest: day("2024-01-02"), latest: day("2028-01-01") });
    let first = |start| Err(NotCorrectable::AfterItsFirstChange { start: day(start) });
    for (parcours, start, expected, rule) in [
        (usual(), "2025-12-02", Ok("2027-12-01"), "30 days earlier"),
        (usual(), "2026-01-31", Ok("2028-01-30"), "30 days later"),
        (usual(), "2028-01-01", Ok("2029-12-30"), "730 days, whatever the leap years"),
        (usual(), "2024-01-02", Ok("2025-12-31"), "730 days earlier"),
        (usual(), "2028-01-02", too_far(), "731 days later: typed by mistake"),
        (usual(), "2024-01-01", too_far(), "731 days earlier"),
        (usual(), "9999-01-01", too_far(), "an end no page could read"),
        (usual(), "2026-01-01", Err(NotCorrectable::Unchanged), "nothing to move"),
        (suspended(), "2026-03-01", Ok("2028-03-29"), "the day of the suspension, at the latest"),
        (suspended(), "2026-03-02", first("2026-03-01"), "not later than a suspension"),
        (prolonged(), "2026-02-01", Ok("2028-07-31"), "the prolongation counts the same"),
        (prolonged(), "2028-01-01", first("2027-12-31"), "not later than a prolongation"),
        (
            prolonged(),
            "2025-12-31",
            Err(NotCorrectable::EndsBeforeProlongation { until: day("2028-06-30"), end: day("2028-06-29") }),
            "the end it was prolonged until was given",
        ),
        (both(), "2025-12-02", Ok("2028-06-30"), "the very day it was prolonged until"),
        (late(), "2025-12-16", Ok("2027-12-20"), "the suspension still starts inside, on the last day"),
        (
            late(),
            "2025-12-01",
            Err(NotCorrectable::EndsBeforeSuspension { start: day("2027-12-20"), end: day("2027-12-05") }),
            "a suspension starts within the parcours (§5.4)",
        ),
        (usual().closed(day("2026-06-01")), "2026-01-02", Err(NotCorrectable::Closed), "§4.13"),
    ] {
        let moved = with(parcours).may_correct(day(start), false).map(|moved| moved.end());
        assert_eq!(moved, expected.map(day), "{start}: {rule}");
    }
    assert_eq!(
        with(usual()).may_correct(day("2026-01-02"), true),
        Err(NotCorrectable::EmployeeRecord),
        "its number is at the ASP"
    );
}

/// I6: another PASS of the person keeps its days.
#[test]
fn it_never_overlaps_another_pass_of_the_person() {
    let mut two = with(Parcours::starting(day("2026-01-01")));
    let before =
        Pass { id: crate::ids::PassId(uuid::Uuid::from_u128(9)), ..pass("2023-12-02", "2025-11-30") };
    two.passes.push(before.clone());
    assert!(two.may_correct(day("2025-12-01"), false).is_ok(), "the day after");
    let overlaps = NotCorrectable::Overlaps { other: before.period() };
    assert_eq!(two.may_correct(day("2025-11-30"), false), Err(overlaps));
}

/// D32.
#[test]
fn what_moved_since_it_was_shown_is_shown_again() {
    let held = with(Parcours::starting(day("2026-01-01")));
    let correct = |seen| {
        let (starts_on, reason) = (day("2026-01-05"), CorrectionReason::TypingMistake);
        let command = Correct { starts_on, reason, explanation: "Le 5, non le 1er.".to_owned(), seen };
        held.correct(command, false, PassCorrectionId(uuid::Uuid::from_u128(1)), None)
    };
    assert_eq!(correct(Some(period("2026-01-01", "2028-01-01"))).err(), Some(NotCorrectable::Moved));
    let done = correct(Some(held.pass.period())).unwrap();
    assert_eq!(done.value().from, held.pass.period());
    assert_eq!(done.value().pass.period(), period("2026-01-05", "2028-01-04"));
}

/// Of two PASS of a person, the older one is corrected: the SIAE that hired under it is told, not that of the newer one.
#[test]
fn the_siae_that_hired_under_this_pass_is_told() {
    let hires = vec![hire(1, "2026-01-01", "2026-01-05", None), hire(2, "2028-03-01", "2028-03-01", None)];
    let mut two = held(hires.clone());
    let newer = Pass { id: crate::ids::PassId(uuid::Uuid::from_u128(9)), ..pass("2028-03-01", "2030-02-28") };
    two.passes.push(newer);
    let company = |n: u128| Some(OrganisationId(uuid::Uuid::from_u128(n)));
    assert_eq!(two.last_employer(), company(1));
    assert_eq!(held(hires).last_employer(), company(1), "by its days, even alone");
    let typed_wrong = held(vec![hire(3, "2025-12-20", "2025-12-20", None)]);
    assert_eq!(
        typed_wrong.last_employer(),
        company(3),
        "the days that are corrected may be before its contract"
    );
}

proptest! {
    /// Whatever happened to a PASS, one that is moved is as sound as it was, and as long.
    #[test]
    fn a_corrected_parcours_is_sound(parcours in any_parcours(), by in 1_u64..900, later in any::<bool>()) {
        let start = if later { add_days(parcours.start(), by) } else { sub_days(parcours.start(), by) };
        let held = with(parcours.clone());
        if let Ok(moved) = held.may_correct(start, false) {
            prop_assert_eq!(moved.start(), start);
            prop_assert_eq!(moved.period().days(), parcours.period().days());
            let before = parcours.deviations(parcours.end());
            prop_assert!(!before.is_empty() || moved.deviations(moved.end()).is_empty());
        }
    }
}
