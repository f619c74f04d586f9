use proptest::prelude::*;

use super::super::tests::{application, now};
use super::super::{Hiring, PassDelivery};
use super::*;
use crate::ids::{CandidateId, DiagnosisId, OrganisationId, PassId, UserId};
use crate::pass::{Parcours, PassNumber};

fn pass() -> Pass {
    Pass {
        id: PassId(uuid::Uuid::from_u128(8)),
        number: PassNumber::parse("XXXXX0000001").unwrap(),
        candidate: CandidateId(uuid::Uuid::from_u128(77)),
        parcours: Parcours::starting("2026-05-04".parse().unwrap()),
        diagnosis: DiagnosisId(uuid::Uuid::from_u128(6)),
        created_at: now(),
    }
}

/// A request to prolong it, and whom it is addressed to.
fn asked() -> (ProlongationRequestId, Addressed) {
    let (organisation, assignee) =
        (OrganisationId(uuid::Uuid::from_u128(21)), UserId(uuid::Uuid::from_u128(22)));
    (ProlongationRequestId(uuid::Uuid::from_u128(20)), Addressed { organisation, assignee })
}

fn hired(pass: Option<&Pass>) -> Application {
    application(State::Accepted(Hiring {
        at: now(),
        starts_on: "2026-05-04".parse().unwrap(),
        ends_on: None,
        job: None,
        diagnosis: Some(DiagnosisId(uuid::Uuid::from_u128(6))),
        delivery: pass.map_or(PassDelivery::NotRequired, |pass| PassDelivery::Automatic(pass.id)),
    }))
}

fn facts(pass: Option<Pass>, hires: i64) -> CancelFacts {
    let (others_start_on, asked) = (None, vec![]);
    CancelFacts { pass, hires, others_start_on, asked, ties: Ties::default(), by: CancelledBy::Company }
}

fn seen(facts: &CancelFacts) -> CancelSeen {
    let happened = Some(facts.happened());
    CancelSeen {
        state: Some(StateCode::Accepted),
        pass: Some(facts.fate()),
        pass_end: facts.pass_end(),
        happened,
    }
}

/// CAN-2, rule book 03 §4.12: what becomes of the PASS.
#[test]
fn a_pass_goes_with_the_only_hire_that_rests_on_it() {
    for (pass, hires, fate, rule) in [
        (None, 0, PassFate::None, "a GEIQ, or a delivery that waits"),
        (Some(pass()), 1, PassFate::Deleted, "exactly one accepted application: this one"),
        (Some(pass()), 2, PassFate::Kept, "two"),
        (Some(pass()), 7, PassFate::Kept, "or more"),
    ] {
        let facts = facts(pass.clone(), hires);
        assert_eq!(hired(pass.as_ref()).may_cancel(&facts), Ok(fate), "{rule}");
        let seen = seen(&facts);
        let done = hired(pass.as_ref()).cancel(seen, facts, now()).unwrap();
        assert_eq!(done.pass.is_some(), fate == PassFate::Deleted, "{rule}");
        assert_eq!(done.application.value().state, State::Cancelled { at: now() }, "CAN-3");
    }
}

/// Rule book 03 §4.7: a PASS that has not started starts with the earliest contract it rests on.
#[test]
fn a_pass_that_waited_for_the_cancelled_contract_waits_for_the_next_one() {
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    for (hires, others, today, expected, rule) in [
        (2, Some("2026-05-20"), "2026-05-03", Some(("2026-05-20", "2028-05-18")), "the other starts later"),
        (2, Some("2026-05-04"), "2026-05-03", None, "the other starts the same day"),
        (2, Some("2026-05-20"), "2026-05-04", None, "the PASS has started: it is unchanged"),
        (1, None, "2026-05-03", None, "it goes"),
    ] {
        let facts = CancelFacts { others_start_on: others.map(day), ..facts(Some(pass()), hires) };
        let moved = facts.moved(hired(Some(&pass())).id, day(today)).map(|moved| moved.value().period());
        let expected = expected.map(|(start, end)| crate::time::Period { start: day(start), end: day(end) });
        assert_eq!(moved, expected, "{rule}");
    }
}

/// D32: a request to prolong it that came since, or a suspension that moves no end, is said before it goes.
#[test]
fn what_happened_to_the_pass_since_is_said_again() {
    let alone = facts(Some(pass()), 1);
    let shown = seen(&alone);
    let asked = CancelFacts { asked: vec![asked()], ..alone };
    let refused = hired(Some(&pass())).cancel(shown, asked, now());
    assert_eq!(refused.err(), Some(CancelRefused::PassChanged));
}

/// CAN-1: what refuses, one by one; no date does.
#[test]
fn what_left_for_other_services_is_not_cancelled_here() {
    let tied = |ai_stock, sent_to_asp| CancelFacts {
        ties: Ties { ai_stock, sent_to_asp },
        ..facts(Some(pass()), 1)
    };
    for (facts, expected) in [
        (tied(false, false), Ok(PassFate::Deleted)),
        (tied(true, false), Err(CancelRefused::AiStock)),
        (tied(false, true), Err(CancelRefused::SentToAsp)),
        (tied(true, true), Err(CancelRefused::AiStock)),
    ] {
        assert_eq!(hired(Some(&pass())).may_cancel(&facts), expected);
        let decided = hired(Some(&pass())).cancel(seen(&facts), facts, now());
        assert_eq!(decided.err(), expected.err());
    }
}

/// Rule book 02 §3.2: from accepted, and from no other state.
#[test]
fn only_a_hire_is_cancelled() {
    for state in
        [State::New, State::Processing, State::Cancelled { at: now() }, State::Obsolete { at: now() }]
    {
        let late = CancelRefused::Overtaken(Overtaken { still_possible: false });
        assert_eq!(application(state).may_cancel(&facts(None, 0)), Err(late));
    }
}

/// D32: each thing that was announced and is no longer so.
#[test]
fn what_was_announced_is_done_or_asked_again() {
    let now_alone = facts(Some(pass()), 1);
    let right = seen(&now_alone);
    for (wrong, expected) in [
        (CancelSeen { state: None, ..right }, CancelRefused::Overtaken(Overtaken { still_possible: true })),
        (CancelSeen { pass: None, ..right }, CancelRefused::PassChanged),
        (CancelSeen { pass: Some(PassFate::Kept), ..right }, CancelRefused::PassChanged),
        (CancelSeen { pass_end: None, ..right }, CancelRefused::PassChanged),
        (CancelSeen { pass_end: "2028-05-03".parse().ok(), ..right }, CancelRefused::PassChanged),
    ] {
        let refused = hired(Some(&pass())).cancel(wrong, now_alone.clone(), now());
        assert_eq!(refused.err(), Some(expected), "{wrong:?}");
    }
}

proptest! {
    /// Whatever was announced, a PASS that other hires rest on never goes.
    #[test]
    fn a_shared_pass_never_goes(hires in 2_i64..50, announced in 0_usize..3, days in 0_u64..3) {
        let facts = facts(Some(pass()), hires);
        let end = facts.pass_end().map(|end| crate::time::add_days(end, days));
        let said = CancelSeen { pass: Some(PassFate::ALL[announced]), pass_end: end, ..seen(&facts) };
        if let Ok(done) = hired(Some(&pass())).cancel(said, facts, now()) {
            prop_assert!(done.pass.is_none());
        }
    }
}

#[test]
fn the_event_of_the_pass_names_the_hire() {
    let facts = facts(Some(pass()), 1);
    let hire = hired(Some(&pass()));
    let id: ApplicationId = hire.id;
    let done = hire.cancel(seen(&facts), facts, now()).unwrap();
    assert_eq!(done.pass.unwrap().value().application, id);
}
