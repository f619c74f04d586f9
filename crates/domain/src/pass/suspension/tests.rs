use proptest::prelude::*;

use super::super::parcours::tests::{any_parcours, day, period};
use super::*;

/// Rule book 03 §5.3, §12 X1.
#[test]
fn reasons_are_offered_to_whom_they_concern() {
    use SuspensionReason as R;
    let offered = |author| SuspensionReason::offered_to(author).collect::<Vec<_>>();
    let of_all = vec![R::ContractSuspended, R::ContractBroken, R::ContractFinished, R::CtaAgreement];
    let with_passerelle = [of_all.clone(), vec![R::ContratPasserelle]].concat();
    for kind in CompanyKind::ALL.iter().filter(|kind| kind.is_siae()) {
        let expected =
            if matches!(kind, CompanyKind::Ei | CompanyKind::Aci) { &with_passerelle } else { &of_all };
        assert_eq!(&offered(SuspendsAs::Company(*kind)), expected, "{kind:?}");
    }
    assert_eq!(offered(SuspendsAs::Prescriber), of_all[1..]);
}

/// Rule book 03 §5.4.
#[test]
fn the_earliest_start() {
    let parcours = Parcours::starting(day("2026-01-01"));
    let ended = parcours.clone().with_suspension(period("2026-03-01", "2026-03-31"));
    let ends_today = parcours.clone().with_suspension(period("2026-06-01", "2026-06-10"));
    let expect = |parcours: &Parcours,
                  contract: Option<&str>,
                  recorded: &str,
                  today: &str,
                  earliest: &str| {
        let facts = StartFacts { last_contract: contract.map(day), recorded_on: day(recorded) };
        assert_eq!(parcours.earliest_suspension(facts, day(today)), day(earliest), "{contract:?} {today}");
    };
    expect(&parcours, Some("2026-02-01"), "2026-06-10", "2026-06-10", "2026-02-01");
    expect(&parcours, None, "2026-06-10", "2026-06-10", "2026-01-01");
    expect(&parcours, None, "2027-06-10", "2027-06-10", "2026-06-10");
    expect(&parcours, Some("2026-02-01"), "2027-06-10", "2027-06-10", "2026-06-10");
    // 29 February is the 366th day back of the last day of February a year later.
    expect(&Parcours::starting(day("2023-12-01")), None, "2025-02-28", "2025-02-28", "2024-02-29");
    // The one before takes the place of the contract, whatever the order.
    expect(&ended, Some("2026-05-01"), "2026-06-10", "2026-06-10", "2026-04-01");
    expect(&ended, None, "2026-06-10", "2026-06-10", "2026-04-01");
    // One that ends today has not ended before today.
    expect(&ends_today, Some("2026-02-01"), "2026-06-10", "2026-06-10", "2026-02-01");
    // When one is changed, the day it was recorded counts.
    expect(&parcours, None, "2027-03-01", "2027-06-10", "2026-03-01");
}

/// Rule book 03 §5.4, and « Bad input » around it.
#[test]
fn days_of_a_suspension() {
    use SuspensionMistake as M;
    let parcours = Parcours::starting(day("2026-01-01")).with_suspension(period("2026-03-01", "2026-03-31"));
    let today = day("2026-11-20");
    let facts = StartFacts { last_contract: Some(day("2026-02-01")), recorded_on: today };
    let earliest = day("2026-04-01");
    let other = period("2026-03-01", "2026-03-31");
    for (start, end, expected) in [
        ("2026-11-20", "2026-11-20", vec![]),
        ("2026-11-20", "2026-11-30", vec![]),
        ("2026-04-01", "2026-04-02", vec![]),
        ("2026-11-20", "2029-11-19", vec![]),
        ("2026-11-21", "2026-11-30", vec![M::StartsLater]),
        ("2026-11-20", "2029-11-20", vec![M::TooLong { latest: day("2029-11-19") }]),
        ("2026-11-20", "2026-11-19", vec![M::EndsBeforeStart]),
        ("2026-11-21", "2026-11-20", vec![M::StartsLater, M::EndsBeforeStart]),
        ("2026-03-31", "2026-04-10", vec![M::StartsTooEarly { earliest }, M::Overlaps { other }]),
        ("2026-02-10", "2026-03-01", vec![M::StartsTooEarly { earliest }, M::Overlaps { other }]),
        ("2026-02-10", "2026-02-28", vec![M::StartsTooEarly { earliest }]),
    ] {
        let said = parcours.suspend(period(start, end), facts, today);
        match said {
            Ok(suspended) => {
                assert!(expected.is_empty(), "{start} {end}");
                assert!(suspended.suspensions().contains(&period(start, end)));
            }
            Err(mistakes) => assert_eq!(mistakes, expected, "{start} {end}"),
        }
    }
}

#[test]
fn three_years_at_most_whatever_the_month() {
    for (start, latest) in
        [("2026-11-20", "2029-11-19"), ("2024-02-29", "2027-02-27"), ("2026-01-31", "2029-01-30")]
    {
        assert_eq!(latest_end(day(start)), day(latest), "{start}");
    }
}

/// Rule book 03 §5.4: an end that is not known is kept as the latest there may be.
#[test]
fn the_latest_end_is_one_that_is_not_known() {
    let start = day("2026-03-01");
    let ends = |end| has_unknown_end(Period { start, end });
    assert!(ends(latest_end(start)));
    assert!(!ends(day("2026-06-01")) && !ends(start));
}

/// Rule book 03 §5.6.
#[test]
fn a_return_ends_it_on_the_eve() {
    let running = period("2026-06-01", "2026-06-30");
    let parcours = Parcours::starting(day("2026-01-01")).with_suspension(running);
    let lifted = parcours.lift(running, day("2026-06-11")).unwrap();
    assert_eq!(lifted.suspensions(), [period("2026-06-01", "2026-06-10")]);
    assert_eq!(parcours.lift(running, day("2026-06-02")).unwrap().end(), day("2027-12-31"));
    let (early, late) = (day("2026-06-02"), day("2026-06-29"));
    assert_eq!(parcours.lift(running, day("2026-06-01")), Err(LiftMistake::TooEarly { earliest: early }));
    assert_eq!(parcours.lift(running, day("2026-06-30")), Err(LiftMistake::TooLate { latest: late }));
    assert_eq!(Parcours::proposed_return(running, day("2026-06-20")), day("2026-06-20"));
    assert_eq!(Parcours::proposed_return(running, day("2026-06-01")), day("2026-06-02"));
}

/// Rule book 03 §5.7, the worked example and its edge cases (W3, W4).
#[test]
fn a_hire_ends_it_on_the_eve_of_the_contract_and_never_makes_it_longer() {
    let running = period("2026-06-01", "2029-05-31");
    let parcours = Parcours::starting(day("2026-01-01")).with_suspension(running);
    let today = day("2026-08-10");
    let hired = parcours.hired(day("2026-09-01"), today);
    assert_eq!(hired.suspensions(), [period("2026-06-01", "2026-08-31")]);
    assert_eq!((hired.end(), hired.remaining_days(day("2026-09-01"))), (day("2028-03-31"), 578));

    let short = Parcours::starting(day("2026-01-01")).with_suspension(period("2026-08-01", "2026-08-20"));
    let unmoved = short.hired(day("2026-09-01"), today);
    assert_eq!(unmoved, short, "its own end comes before the contract");

    let starts_today =
        Parcours::starting(day("2026-01-01")).with_suspension(period("2026-08-10", "2026-12-31"));
    let removed = starts_today.hired(today, today);
    assert_eq!(removed, Parcours::starting(day("2026-01-01")), "as if it had not been");

    let over = Parcours::starting(day("2026-01-01")).with_suspension(period("2026-06-01", "2026-08-09"));
    assert_eq!(over.hired(today, today), over, "ended yesterday: nothing to lift");

    let on_the_last_day = Parcours::issued(period("2024-08-12", "2026-08-10"))
        .with_suspension(period("2026-08-10", "2027-08-09"));
    let contract = day("2026-09-01");
    assert!(on_the_last_day.hired(contract, today).end() < contract, "no day is left for the contract");
}

#[test]
fn what_keeps_a_pass_from_being_suspended() {
    let parcours = Parcours::starting(day("2026-01-01")).with_suspension(period("2026-03-01", "2026-03-31"));
    for (today, expected) in [
        ("2025-12-31", Err(NotSuspendable::NotStarted { from: day("2026-01-01") })),
        ("2026-02-28", Ok(())),
        ("2026-03-31", Err(NotSuspendable::Suspended { until: day("2026-03-31") })),
        ("2028-01-30", Ok(())),
        ("2028-01-31", Err(NotSuspendable::Expired)),
    ] {
        assert_eq!(parcours.suspension_possible(day(today)), expected, "{today}");
    }
}

proptest! {
    /// Suspended then lifted, the parcours has lost the days between the two but one, and no more.
    #[test]
    fn lifting_gives_back_all_but_the_days_suspended(parcours in any_parcours(), length in 2_u64..1_000, back in 1_u64..1_000) {
        let start = add_days(parcours.suspensions().last().map_or(parcours.start(), |last| last.end), 1);
        let running = Period { start, end: add_days(start, length) };
        let suspended = parcours.clone().with_suspension(running);
        let back = 1 + back % (length - 1);
        let back_on = add_days(start, back);
        let lifted = suspended.lift(running, back_on).unwrap();
        prop_assert_eq!((lifted.end() - parcours.end()).num_days().unsigned_abs(), back - 1);
        let hired = suspended.hired(back_on, start);
        prop_assert_eq!(hired, lifted, "a hire does as a return");
    }
}
