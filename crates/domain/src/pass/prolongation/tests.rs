use proptest::prelude::*;

use super::super::parcours::tests::{any_parcours, day, period};
use super::*;

const OF_ACI: ProlongationFacts = ProlongationFacts { kind: CompanyKind::Aci, birth_date: None };

/// Rule book 03 §6.1.
#[test]
fn each_reason_has_its_rules() {
    use ProlongationReason as R;
    for (reason, prescriber, longest, cap, age) in [
        (R::CdiOver57, false, 3650, None, Some(57)),
        (R::Training, false, 365, None, None),
        (R::Rqth, true, 365, Some(1095), None),
        (R::Over50, true, 365, Some(1825), Some(50)),
        (R::Difficulties, true, 365, Some(1095), None),
    ] {
        assert_eq!(reason.needs_prescriber(), prescriber, "{reason:?}");
        assert_eq!((reason.longest(), reason.cap(), reason.least_age()), (longest, cap, age), "{reason:?}");
        for kind in CompanyKind::ALL.iter().copied() {
            let expected = kind.is_siae()
                && (reason != R::Difficulties || matches!(kind, CompanyKind::Ai | CompanyKind::Aci));
            assert_eq!(reason.is_offered_to(kind), expected, "{reason:?} {kind:?}");
        }
    }
}

/// Rule book 03 §6.2, point 1 and 3: calendar months, both ends counted.
#[test]
fn twelve_months_before_the_end_to_six_after() {
    let parcours = Parcours::starting(day("2026-09-01"));
    assert_eq!(parcours.end(), day("2028-08-30"));
    assert_eq!(parcours.prolongation_window(), period("2027-08-30", "2029-02-28"));
    let suspended = Parcours::starting(day("2026-01-01")).with_suspension(period("2027-06-01", "2027-06-30"));
    assert_eq!(suspended.end(), day("2028-01-29"));
    for (parcours, today, expected) in [
        (&parcours, "2027-08-29", Err(NotProlongable::TooEarly { from: day("2027-08-30") })),
        (&parcours, "2027-08-30", Ok(())),
        (&parcours, "2029-02-28", Ok(())),
        (&parcours, "2029-03-01", Err(NotProlongable::TooLate { until: day("2029-02-28") })),
        (&suspended, "2027-06-30", Err(NotProlongable::Suspended { until: day("2027-06-30") })),
        (&suspended, "2027-07-01", Ok(())),
        (&suspended.clone().closed(day("2027-08-01")), "2027-08-02", Err(NotProlongable::Closed)),
    ] {
        assert_eq!(parcours.prolongation_possible(day(today)), expected, "{today}");
    }
}

/// Rule book 03 §6.3, §6.4, D12.
#[test]
fn what_a_prolongation_may_be() {
    use {ProlongationMistake as M, ProlongationReason as R};
    let parcours = Parcours::starting(day("2026-01-01"));
    let today = day("2027-11-20");
    let born = |text: &str| ProlongationFacts { birth_date: Some(day(text)), ..OF_ACI };
    let of_ei = ProlongationFacts { kind: CompanyKind::Ei, ..OF_ACI };
    for (reason, end, facts, expected) in [
        (R::Training, "2028-01-01", OF_ACI, vec![]),
        (R::Training, "2028-12-30", OF_ACI, vec![]),
        (R::Training, "2028-12-31", OF_ACI, vec![M::TooLong { latest: day("2028-12-30") }]),
        (R::Training, "2027-12-31", OF_ACI, vec![M::AddsNothing]),
        (R::Training, "2027-12-01", OF_ACI, vec![M::AddsNothing]),
        (R::Difficulties, "2028-06-30", of_ei, vec![M::NotOffered]),
        (R::Difficulties, "2027-06-30", of_ei, vec![M::NotOffered, M::AddsNothing]),
        (R::Over50, "2028-06-30", born("1977-11-20"), vec![]),
        (R::Over50, "2028-06-30", born("1977-11-21"), vec![M::TooYoung { least: 50 }]),
        (R::Over50, "2028-06-30", OF_ACI, vec![]),
        (R::CdiOver57, "2037-12-28", born("1970-11-20"), vec![]),
        (R::CdiOver57, "2037-12-29", born("1970-11-20"), vec![M::TooLong { latest: day("2037-12-28") }]),
        (R::CdiOver57, "2030-01-01", born("1970-11-21"), vec![M::TooYoung { least: 57 }]),
    ] {
        match parcours.prolong(reason, day(end), facts, today) {
            Ok(prolonged) => {
                assert!(expected.is_empty(), "{reason:?} {end}");
                assert_eq!(prolonged.end(), day(end));
                assert_eq!(prolonged.prolongations(), [Period { start: parcours.end(), end: day(end) }]);
            }
            Err(mistakes) => assert_eq!(mistakes, expected, "{reason:?} {end}"),
        }
    }
}

/// Rule book 03 §6.3: a suspension taken back brings the end before the day that was prolonged until, which is not given twice.
#[test]
fn nothing_is_prolonged_under_what_was_prolonged() {
    let suspended = Parcours::starting(day("2026-01-01")).with_suspension(period("2026-03-01", "2026-03-31"));
    let prolonged = suspended.with_prolongation(period("2028-01-30", "2028-06-30"));
    let prolong = |parcours: &Parcours| {
        let end = day("2028-12-31");
        parcours.prolong(ProlongationReason::Rqth, end, OF_ACI, day("2028-03-01")).map(|longer| longer.end())
    };
    assert_eq!(prolong(&prolonged), Ok(day("2028-12-31")), "from the very day it was prolonged until");
    let back = prolonged.without_suspension(day("2026-03-01"));
    assert_eq!(back.end(), day("2028-05-31"));
    assert_eq!(prolong(&back), Err(vec![ProlongationMistake::Overlaps]));
}

/// D12: twelve months of parcours, those suspended not counted.
#[test]
fn a_cdi_comes_after_twelve_months_of_parcours() {
    let old = ProlongationFacts { birth_date: Some(day("1960-01-01")), ..OF_ACI };
    let parcours = Parcours::starting(day("2026-01-01"));
    let suspended = parcours.clone().with_suspension(period("2026-03-01", "2026-03-31"));
    let mistake = |parcours: &Parcours, today: &str| {
        parcours.reason_mistake(ProlongationReason::CdiOver57, old, day(today))
    };
    assert_eq!(mistake(&parcours, "2026-12-31"), Some(ProlongationMistake::ParcoursTooShort));
    assert_eq!(mistake(&parcours, "2027-01-01"), None);
    assert_eq!(mistake(&suspended, "2027-01-31"), Some(ProlongationMistake::ParcoursTooShort));
    assert_eq!(mistake(&suspended, "2027-02-01"), None);
}

/// Rule book 03 §6.4: « used » counts all prolongations, whatever their reason.
#[test]
fn caps_count_what_was_added_before() {
    use ProlongationReason as R;
    let prolonged = |days: u64| {
        let parcours = Parcours::starting(day("2026-01-01"));
        let start = parcours.end();
        parcours.with_prolongation(Period { start, end: add_days(start, days) })
    };
    for (used, reason, allowance) in [
        (0, R::Rqth, 365),
        (365, R::Rqth, 365),
        (730, R::Rqth, 365),
        (731, R::Rqth, 364),
        (1094, R::Rqth, 1),
        (1095, R::Rqth, 0),
        (2000, R::Rqth, 0),
        (1095, R::Over50, 365),
        (1500, R::Over50, 325),
        (1825, R::Over50, 0),
        (1095, R::Difficulties, 0),
        (5000, R::Training, 365),
        (5000, R::CdiOver57, 3650),
    ] {
        let parcours = prolonged(used);
        assert_eq!(parcours.prolongation_allowance(reason), allowance, "{used} {reason:?}");
        let latest = (allowance > 0).then(|| add_days(parcours.end(), allowance));
        assert_eq!(parcours.longest_prolongation(reason), latest);
        let refused = parcours.reason_mistake(reason, OF_ACI, day("2028-06-01"));
        assert_eq!(refused == Some(ProlongationMistake::CapReached), allowance == 0, "{used} {reason:?}");
    }
}

/// Rule book 03 §6.6, §6.8.
#[test]
fn what_is_granted_is_what_was_asked() {
    let parcours = Parcours::starting(day("2026-01-01"));
    let asked = period("2027-12-31", "2028-12-30");
    let since_suspended = parcours.clone().with_suspension(period("2027-12-01", "2027-12-31"));
    let granted = since_suspended.grant(ProlongationReason::Rqth, asked).unwrap();
    assert_eq!(granted.end(), day("2029-01-29"), "365 days from the end as it is then");
    let again = granted.grant(ProlongationReason::Rqth, period("2028-12-29", "2029-01-15"));
    assert_eq!(again, Err(ProlongationMistake::Overlaps));
    let touching = granted.grant(ProlongationReason::Rqth, period("2028-12-30", "2029-12-30"));
    assert!(touching.is_ok(), "the end of one is the start of the next");
    let before = parcours.clone().with_prolongation(period("2028-12-30", "2029-06-30"));
    let until_then = before.grant(ProlongationReason::Rqth, asked);
    assert!(until_then.is_ok(), "it ends where the other starts: {until_then:?}");
    let up_to_the_cap = parcours.clone().with_prolongation(period("2027-12-31", "2029-12-30"));
    let last = up_to_the_cap.grant(ProlongationReason::Rqth, period("2029-12-30", "2030-12-30"));
    assert_eq!(last.map(|parcours| parcours.prolonged_days()), Ok(1_095), "730 and 365 days are the cap");
    let long = parcours.with_prolongation(period("2027-12-31", "2030-01-01"));
    let over = long.grant(ProlongationReason::Rqth, period("2030-01-01", "2031-01-01"));
    assert_eq!(over, Err(ProlongationMistake::CapReached), "731 and 365 days pass 1,095");
}

proptest! {
    /// A prolongation never passes the cap of its reason, and ends the PASS on the day asked.
    #[test]
    fn a_prolongation_is_within_its_cap(parcours in any_parcours(), days in 1_u64..4_000, rank in 0_usize..5) {
        let reason = ProlongationReason::ALL[rank];
        let end = add_days(parcours.end(), days);
        if let Ok(prolonged) = parcours.prolong(reason, end, OF_ACI, parcours.end()) {
            prop_assert_eq!(prolonged.end(), end);
            prop_assert!(days <= reason.longest());
            prop_assert!(reason.cap().is_none_or(|cap| prolonged.prolonged_days() <= cap));
        }
    }
}
