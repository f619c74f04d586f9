use chrono::NaiveDate;

use super::super::tests::{application, now};
use super::*;
use crate::ids::{CandidateId, DiagnosisId, PassId};
use crate::organisations::{CompanyKind, Siret};
use crate::pass::{Parcours, PassNumber};

fn id(n: u128) -> uuid::Uuid {
    uuid::Uuid::from_u128(n)
}

fn day(day: &str) -> NaiveDate {
    day.parse().unwrap()
}

fn period(start: &str, end: &str) -> Period {
    Period { start: day(start), end: day(end) }
}

fn hired(delivery: PassDelivery, diagnosis: Option<DiagnosisId>) -> Application {
    application(State::Accepted(Hiring {
        at: now(),
        starts_on: day("2026-05-04"),
        ends_on: None,
        job: None,
        diagnosis,
        delivery,
    }))
}

fn facts(passes: &[Period]) -> DeliveryFacts {
    let pass = |period: &Period| Pass {
        id: PassId(id(8)),
        number: PassNumber::parse("XXXXX0000001").unwrap(),
        candidate: CandidateId(id(77)),
        parcours: Parcours::issued(*period),
        diagnosis: DiagnosisId(id(6)),
        created_at: now(),
    };
    DeliveryFacts {
        issue: IssueFacts {
            company_kind: CompanyKind::Aci,
            company_siret: Siret::parse("13000548100010").unwrap(),
            prescriber_kind: None,
            passes: passes.iter().map(pass).collect(),
            new_pass: PassId(id(9)),
        },
        accepted_by: Some(UserId(id(4))),
    }
}

/// Rule book 03 §4.10, line by line.
#[test]
fn what_may_be_delivered_or_refused_by_hand() {
    use DeliveryRefused::{EndsBeforeStart, NoDiagnosis, NothingToDeliver, Overlaps, TooLong, ValidPass};
    use PassDelivery::{Automatic, DeliveredByHand, Manual, NotRequired, RefusedByHand};
    let made = Some(DiagnosisId(id(6)));
    let usual = period("2026-05-04", "2028-05-02");
    let valid = period("2025-01-01", "2026-12-31");
    let old = period("2022-01-01", "2023-12-31");
    let table = [
        (Manual, made, vec![], usual, None, None),
        (Manual, made, vec![old], usual, None, None),
        (Manual, None, vec![], usual, Some(NoDiagnosis), None),
        (Manual, made, vec![valid], usual, Some(ValidPass), Some(ValidPass)),
        (Manual, made, vec![old], period("2023-12-31", "2026-12-31"), Some(Overlaps), None),
        (Manual, made, vec![], period("2026-05-04", "2026-05-04"), Some(EndsBeforeStart), None),
        (Manual, made, vec![], period("2026-05-04", "2028-05-03"), Some(TooLong), None),
        (NotRequired, None, vec![], usual, Some(NothingToDeliver), Some(NothingToDeliver)),
        (Automatic(PassId(id(8))), made, vec![], usual, Some(NothingToDeliver), Some(NothingToDeliver)),
        (DeliveredByHand(PassId(id(8))), made, vec![], usual, Some(NothingToDeliver), Some(NothingToDeliver)),
        (RefusedByHand { at: now() }, made, vec![], usual, Some(NothingToDeliver), Some(NothingToDeliver)),
    ];
    for (delivery, diagnosis, passes, days, delivered, refused) in table {
        let case = format!("{delivery:?} {diagnosis:?} {passes:?} {days:?}");
        let facts = facts(&passes);
        let hire = hired(delivery, diagnosis);
        assert_eq!(hire.clone().deliver(days, &facts, now()).err(), delivered, "{case}");
        assert_eq!(hire.refuse_delivery(&facts, now()).err(), refused, "{case}");
    }
    let pending = application(State::New).refuse_delivery(&facts(&[]), now());
    assert_eq!(pending.err(), Some(NothingToDeliver));
}

#[test]
fn the_pass_is_the_one_of_the_hire_and_the_mode_stays_manual() {
    let days = period("2026-05-04", "2028-05-02");
    let hire = hired(PassDelivery::Manual, Some(DiagnosisId(id(6))));
    let Delivered { application, pass } = hire.deliver(days, &facts(&[]), now()).unwrap();
    let State::Accepted(hiring) = &application.value().state else { panic!("still accepted") };
    assert_eq!(hiring.delivery, PassDelivery::DeliveredByHand(PassId(id(9))));
    assert_eq!((pass.value().period, pass.value().diagnosis), (days, DiagnosisId(id(6))));
}
