use chrono::TimeZone;
use uuid::Uuid;

use super::super::{
    AlreadyDecided, DecideRefused, Denial, DenialReason, ProlongationMistake as M, ProlongationReason as R,
    delegate,
};
use super::*;
use crate::organisations::CompanyKind;
use crate::pass::policy::PassRelation;
use crate::pass::tests::pass;
use crate::text::Message;

const PAUL: UserId = UserId(Uuid::from_u128(20));

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn when(text: &str) -> (DateTime<Utc>, NaiveDate) {
    (Utc.from_utc_datetime(&day(text).and_hms_opt(9, 0, 0).unwrap()), day(text))
}

/// A PASS that ends on 31 December 2027, and perhaps a newer one.
fn held(newer: bool) -> HeldPass {
    let pass = pass("2026-01-01", "2027-12-31");
    let second = Pass {
        id: crate::ids::PassId(Uuid::from_u128(9)),
        ..crate::pass::tests::pass("2027-12-31", "2029-12-29")
    };
    let passes = [Some(pass.clone()), newer.then_some(second)].into_iter().flatten().collect();
    let relation = PassRelation { hired_with_it: true, ..PassRelation::default() };
    HeldPass { pass, passes, hires: vec![], running: None, relation, birth_date: Some(day("1960-01-01")) }
}

fn siae(kind: CompanyKind) -> EmployerActor {
    let (user, organisation) = (UserId(Uuid::from_u128(10)), OrganisationId(Uuid::from_u128(11)));
    EmployerActor { user, organisation, kind, is_admin: false }
}

fn wanted(reason: R, end: &str) -> Wanted {
    Wanted { reason, end: day(end), seen: Some(day("2027-12-31")), is_certified: true }
}

fn ask(wanted: Wanted) -> Ask {
    let text = || Message::parse("Fait.").unwrap();
    let addressed = Addressed { organisation: OrganisationId(Uuid::from_u128(21)), assignee: PAUL };
    let id = ProlongationRequestId(Uuid::from_u128(1));
    Ask {
        id,
        wanted,
        review: Review { done: text(), obstacles: text(), planned: text() },
        contact: None,
        addressed,
    }
}

/// Rule book 03 §6.2, §6.3, §6.5; D12, D32.
#[test]
fn what_is_declared_and_what_is_asked() {
    let today = "2027-11-20";
    let training = wanted(R::Training, "2028-06-30");
    let rqth = wanted(R::Rqth, "2028-06-30");
    for (wanted, pending, newer, today, expected) in [
        (training, false, false, today, None),
        (training, true, false, today, Some(ProlongRefused::NotOpen(NotOpen::Pending))),
        (training, false, true, "2028-01-10", Some(ProlongRefused::NotOpen(NotOpen::NotLatest))),
        (
            training,
            false,
            false,
            "2026-12-30",
            Some(ProlongRefused::NotOpen(NotOpen::Pass(NotProlongable::TooEarly {
                from: day("2026-12-31"),
            }))),
        ),
        (
            Wanted { seen: Some(day("2027-12-30")), ..training },
            false,
            false,
            today,
            Some(ProlongRefused::EndMoved { end: day("2027-12-31") }),
        ),
        (
            Wanted { seen: None, ..training },
            false,
            false,
            today,
            Some(ProlongRefused::EndMoved { end: day("2027-12-31") }),
        ),
        (
            Wanted { end: day("2027-12-31"), ..training },
            false,
            false,
            today,
            Some(ProlongRefused::Mistakes(vec![M::AddsNothing])),
        ),
        (Wanted { is_certified: false, ..training }, false, false, today, Some(ProlongRefused::NotCertified)),
        (rqth, false, false, today, Some(ProlongRefused::OtherWay)),
    ] {
        let declaration = Declaration { id: ProlongationId(Uuid::from_u128(1)), wanted };
        let declared =
            held(newer).declare_prolongation(declaration, &siae(CompanyKind::Ei), pending, when(today));
        match declared {
            Ok(declared) => {
                assert_eq!(expected, None);
                let Prolonged { pass, prolongation } = declared.value();
                assert_eq!(pass.period().end, wanted.end);
                assert_eq!(
                    prolongation.period.start,
                    day("2027-12-31"),
                    "§6.3: its start is the end of the PASS"
                );
                assert_eq!(prolongation.granted, None);
            }
            Err(refused) => assert_eq!(Some(refused), expected, "{wanted:?} {today}"),
        }
    }
    let asked = |wanted, kind, is_authorised| {
        let facts = AskFacts { is_pending: false, is_authorised, has_report: false };
        let asked = held(false).ask_prolongation(ask(wanted), &siae(kind), facts, when(today));
        asked.map(|asked| asked.value().request.condition_declared)
    };
    assert_eq!(asked(rqth, CompanyKind::Ei, true), Ok(true), "D12: the RQTH is declared");
    assert_eq!(asked(wanted(R::Over50, "2028-06-30"), CompanyKind::Ei, true), Ok(false), "the age is known");
    assert_eq!(asked(rqth, CompanyKind::Ei, false), Err(ProlongRefused::NotAuthorised));
    assert_eq!(asked(training, CompanyKind::Ei, true), Err(ProlongRefused::OtherWay));
    let difficulties = wanted(R::Difficulties, "2028-06-30");
    assert_eq!(asked(difficulties, CompanyKind::Aci, true), Ok(false));
    assert_eq!(
        asked(difficulties, CompanyKind::Ei, true),
        Err(ProlongRefused::Mistakes(vec![M::NotOffered])),
        "§6.1: for AI and ACI"
    );
}

/// Rule book 03 §6.3, X3: an AI gives the report of the pathway, the others may.
#[test]
fn an_ai_asks_with_a_report() {
    for (kind, has_report, expected) in [
        (CompanyKind::Ai, false, Some(ProlongRefused::NoReport)),
        (CompanyKind::Ai, true, None),
        (CompanyKind::Aci, false, None),
        (CompanyKind::Aci, true, None),
        (CompanyKind::Ei, false, None),
        (CompanyKind::Eiti, false, None),
        (CompanyKind::Etti, false, None),
    ] {
        let facts = AskFacts { is_pending: false, is_authorised: true, has_report };
        let rqth = ask(wanted(R::Rqth, "2028-06-30"));
        let asked = held(false).ask_prolongation(rqth, &siae(kind), facts, when("2027-11-20"));
        assert_eq!(asked.err(), expected, "{kind:?}");
    }
}

/// Rule book 03 §6.6, D9, D32: one decision, by an organisation that is authorised, on the PASS as it is.
#[test]
fn what_is_decided_once() {
    let held = held(false);
    let (now, _) = when("2027-11-20");
    let asked = held.ask_prolongation(
        ask(wanted(R::Rqth, "2028-06-30")),
        &siae(CompanyKind::Ei),
        AskFacts { is_pending: false, is_authorised: true, has_report: false },
        when("2027-11-20"),
    );
    let request = asked.unwrap().value().request.clone();
    let seen = Some(day("2027-12-31"));
    let denial = || Denial::new(DenialReason::Siae, Message::parse("Non.").unwrap(), vec![], None).unwrap();

    let granted = request.clone().grant(&held.pass, seen, PAUL, true, now).unwrap().value().clone();
    assert_eq!(granted.prolonged.as_ref().unwrap().pass.period().end, day("2028-06-30"));
    let by = granted.prolonged.as_ref().unwrap().prolongation.granted;
    assert_eq!(by, Some((request.id, PAUL, request.parties.addressed.organisation)));
    let denied = request.clone().deny(denial(), PAUL, true, now).unwrap().value().clone();
    assert_eq!(denied.request.state, RequestState::Denied);
    for decided in [granted.request, denied.request] {
        let again = DecideRefused::AlreadyDecided(AlreadyDecided);
        assert_eq!(decided.clone().grant(&held.pass, seen, PAUL, true, now), Err(again));
        assert_eq!(decided.clone().deny(denial(), PAUL, true, now), Err(again));
        assert_eq!(delegate(decided, PAUL, true, true), Err(again));
    }
    let lost = DecideRefused::NotAuthorised;
    assert_eq!(request.clone().grant(&held.pass, seen, PAUL, false, now), Err(lost));
    assert_eq!(request.clone().deny(denial(), PAUL, false, now), Err(lost));
    let moved = request.clone().grant(&held.pass, Some(day("2027-12-30")), PAUL, true, now);
    assert_eq!(moved, Err(DecideRefused::EndMoved { end: day("2027-12-31") }));
    let parcours = held.pass.parcours.clone().closed(day("2027-11-19"));
    let closed = Pass { parcours, ..held.pass.clone() };
    assert_eq!(request.clone().grant(&closed, seen, PAUL, true, now), Err(DecideRefused::Closed));

    let other = UserId(Uuid::from_u128(22));
    assert_eq!(delegate(request.clone(), other, false, true), Err(DecideRefused::NotAColleague));
    assert_eq!(delegate(request.clone(), PAUL, true, true), Ok(None), "who has it already");
    let handed = delegate(request, other, true, true).unwrap().unwrap();
    assert_eq!(handed.value().parties.addressed.assignee, other);
}
