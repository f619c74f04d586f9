use super::*;
use UserKind::*;

const EVERYTHING: Asks =
    Asks { second_factor: true, account: true, organisation: true, terms: true, welcome: true };

const fn newcomer(kind: UserKind) -> Standing {
    Standing {
        kind,
        needs_second_factor: false,
        has_second_factor: false,
        showed_second_factor: false,
        has_organisation: false,
        accepted_terms: false,
        is_welcomed: false,
    }
}

/// Rule book 01 §9.2: each gate, once the ones before it are open.
#[test]
fn gates_open_in_order() {
    let mut who = newcomer(Professional);
    who.needs_second_factor = true;
    assert_eq!(closed(Some(&who), EVERYTHING), Some(Gate::EnrolSecondFactor), "SES-5");
    who.has_second_factor = true;
    assert_eq!(closed(Some(&who), EVERYTHING), Some(Gate::SecondFactor), "SES-5");
    who.showed_second_factor = true;
    assert_eq!(closed(Some(&who), EVERYTHING), Some(Gate::NoOrganisation), "SES-7");
    who.has_organisation = true;
    assert_eq!(closed(Some(&who), EVERYTHING), Some(Gate::Terms), "SES-10");
    who.accepted_terms = true;
    assert_eq!(closed(Some(&who), EVERYTHING), Some(Gate::Welcome), "SES-12");
    who.is_welcomed = true;
    assert_eq!(closed(Some(&who), EVERYTHING), None);
}

#[test]
fn each_kind_meets_its_own_gates() {
    for (kind, expected) in
        [(JobSeeker, Some(Gate::Welcome)), (Professional, Some(Gate::NoOrganisation)), (Staff, None)]
    {
        assert_eq!(closed(Some(&newcomer(kind)), EVERYTHING), expected, "{kind:?}");
        assert_eq!(closed(Some(&newcomer(kind)), Asks::default()), None, "a page that asks nothing");
    }
    assert_eq!(closed(None, EVERYTHING), Some(Gate::LogIn));
    let public = Asks { account: false, ..EVERYTHING };
    assert_eq!(closed(None, public), None, "a public page");
}

/// AUT-20.
#[test]
fn the_team_listed_organisations_and_who_has_one_show_a_second_factor() {
    for (kind, has_one, is_of_listed, expected) in [
        (Staff, false, false, true),
        (Professional, false, false, false),
        (Professional, true, false, true),
        (Professional, false, true, true),
        (JobSeeker, false, false, false),
        (JobSeeker, true, false, true),
    ] {
        assert_eq!(needs_second_factor(kind, has_one, is_of_listed), expected, "{kind:?} {has_one}");
    }
}
