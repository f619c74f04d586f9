use super::*;
use crate::ids::{OrganisationId, SuspensionId, UserId};
use crate::pass::held::tests::{held, hire};
use crate::pass::suspension::{Asker, SuspendsAs};
use crate::time::paris_midnight;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn suspended(periods: &[(&str, &str)], hires: &[(&str, &str)]) -> HeldPass {
    let hires = hires.iter().map(|(accepted, starts_on)| hire(1, accepted, starts_on, None)).collect();
    let mut held = held(hires);
    for (start, end) in periods {
        held.pass.parcours =
            held.pass.parcours.clone().with_suspension(Period { start: day(start), end: day(end) });
    }
    held
}

fn asking(today: &str, seen_end: Option<NaiveDate>) -> Asking {
    let by = SuspensionAuthor {
        user: UserId(uuid::Uuid::from_u128(1)),
        organisation: OrganisationId(uuid::Uuid::from_u128(9)),
    };
    Asking {
        asker: Asker { by, capacity: SuspendsAs::Prescriber },
        seen_end,
        new: SuspensionId(uuid::Uuid::from_u128(5)),
        counsellor: None,
        at: paris_midnight(day(today)),
    }
}

/// Rule book 03 §4.13: more than 365 days, still running or ended without a hire since.
#[test]
fn a_pass_is_closed_after_more_than_a_year_of_suspension() {
    let long = [("2026-06-01", "2028-05-31")];
    let over = [("2026-03-01", "2027-03-02")];
    let a_year = [("2026-03-01", "2027-03-01")];
    let from = |text| Err(NotClosable::NotSuspendedLongEnough { from: Some(day(text)) });
    let never = Err(NotClosable::NotSuspendedLongEnough { from: None });
    let first = ("2026-01-01", "2026-01-01");
    for (periods, hires, today, expected) in [
        (&long[..], vec![first], "2027-06-01", from("2027-06-02")),
        (&long, vec![first], "2027-06-02", Ok(())),
        (&over, vec![first], "2027-03-02", Ok(())),
        (&over, vec![first], "2027-04-01", Ok(())),
        (&over, vec![first, ("2027-03-01", "2027-03-01")], "2027-04-01", Ok(())),
        (&over, vec![first, ("2027-03-01", "2027-03-02")], "2027-04-01", never),
        (&over, vec![first, ("2027-03-10", "2027-03-20")], "2027-04-01", never),
        (&a_year, vec![first], "2027-04-01", never),
        (&a_year, vec![first], "2026-04-01", never),
        (&[], vec![first], "2026-01-01", never),
        (&[], vec![first], "2025-12-31", Err(NotClosable::NotStarted { from: day("2026-01-01") })),
        (&over, vec![first], "2029-01-02", Err(NotClosable::Over)),
    ] {
        assert_eq!(
            suspended(periods, &hires).may_close(day(today)),
            expected,
            "{periods:?} {hires:?} {today}"
        );
    }
}

#[test]
fn closing_makes_today_the_last_day_once() {
    let held = suspended(&[("2026-06-01", "2028-05-31")], &[("2026-01-01", "2026-01-01")]);
    let end = held.pass.parcours.end();
    let moved = held.close(ClosureReason::NoNews, &asking("2027-07-01", Some(day("2027-12-31"))));
    assert_eq!(moved, Err(NotClosable::EndMoved { end }), "D32");
    let closed = held.close(ClosureReason::NoNews, &asking("2027-07-01", Some(end))).unwrap().into_parts().0;
    assert_eq!(closed.pass.parcours.end(), day("2027-07-01"));
    assert_eq!(closed.pass.parcours, held.pass.parcours.clone().closed(day("2027-07-01")));
    let again = HeldPass { pass: closed.pass, ..held };
    assert_eq!(again.may_close(day("2027-07-01")), Err(NotClosable::Over), "a second click finds it closed");
}
