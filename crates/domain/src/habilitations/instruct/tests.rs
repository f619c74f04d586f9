use chrono::{NaiveDate, TimeDelta};
use uuid::Uuid;

use super::*;
use crate::habilitations::{MayApply, Opinion};
use crate::time::{Period, paris_midnight};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn now() -> DateTime<Utc> {
    paris_midnight(day("2026-05-04"))
}

fn order() -> Order {
    let period = Period { start: day("2026-05-04"), end: day("2031-05-03") };
    Order::new("2026-57-12", day("2026-05-04"), period, day("2026-05-04")).unwrap()
}

fn opinion() -> GivenOpinion {
    GivenOpinion { opinion: Opinion::Favourable, on: Some(day("2026-05-04")), words: String::new() }
}

fn submitted() -> Habilitation {
    let organisation = OrganisationId(Uuid::from_u128(2));
    let id = HabilitationId(Uuid::from_u128(1));
    let draft = Habilitation::begin(id, (organisation, "57".to_owned(), None), MayApply::First, now());
    let said = || "Dit.".to_owned();
    let written =
        Written { identified: said(), mission: said(), staff: said(), need: said(), ..Written::default() };
    let written = draft.into_parts().0.write(Some(now()), written, 1, now()).unwrap();
    written.into_parts().0.submit(Some(now()), now()).unwrap().into_parts().0
}

/// Guide P2 §1.1: « La liste des prescripteurs proposés au niveau local fait l’objet d’un avis en CDIAE. »
#[test]
fn the_opinion_of_the_commission_comes_before_the_order() {
    let seen = Some(now());
    assert_eq!(submitted().grant(seen, order(), now()).unwrap_err(), HabilitationRefused::NoOpinion);
    let heard = submitted().record_opinion(seen, opinion(), now()).unwrap().into_parts().0;
    let granted = heard.grant(seen, order(), now()).unwrap().into_parts().0;
    assert_eq!(granted.state, HabilitationState::Granted);
    assert!(granted.is_in_force(day("2031-05-03")) && !granted.is_in_force(day("2031-05-04")), "D15");
}

/// The commission says something of what it was given, and not later than today. What was submitted again says no more when it
/// was first.
#[test]
fn an_opinion_is_dated_between_the_request_and_today() {
    use HabilitationRefused::{OpinionInTheFuture, OpinionTooEarly};
    let (begun, sent) = (day("2026-04-20"), day("2026-05-04"));
    for (complement, on, expected, rule) in [
        (None, "2026-05-04", Ok(()), "the day it was submitted"),
        (None, "2026-05-03", Err(OpinionTooEarly { from: sent }), "the day before"),
        (None, "2026-05-05", Err(OpinionInTheFuture), "tomorrow"),
        (Some("Vos statuts."), "2026-05-03", Ok(()), "heard before its complement came"),
        (Some("Vos statuts."), "2026-04-20", Ok(()), "the day it was begun"),
        (Some("Vos statuts."), "2026-04-19", Err(OpinionTooEarly { from: begun }), "before it was written"),
    ] {
        let (begun_at, complement) = (paris_midnight(begun), complement.map(str::to_owned));
        let request = Habilitation { complement, begun_at, ..submitted() };
        let given = GivenOpinion { on: Some(day(on)), ..opinion() };
        let recorded = request.record_opinion(Some(now()), given, now()).map(|_| ());
        assert_eq!(recorded, expected, "{on}: {rule}");
    }
}

#[test]
fn what_is_decided_is_not_decided_again() {
    let seen = Some(now());
    let refused = submitted().refuse(seen, "Besoin couvert.".to_owned(), now()).unwrap().into_parts().0;
    assert_eq!(refused.state, HabilitationState::Refused);
    let not_now = HabilitationRefused::NotNow(HabilitationState::Refused);
    assert_eq!(refused.clone().refuse(seen, String::new(), now()).unwrap_err(), not_now);
    assert_eq!(refused.clone().grant(seen, order(), now()).unwrap_err(), not_now);
    assert_eq!(refused.clone().ask_complement(seen, String::new(), now()).unwrap_err(), not_now);
    assert_eq!(refused.clone().record_opinion(seen, opinion(), now()).unwrap_err(), not_now);
    assert_eq!(refused.revoke(seen, String::new(), now()).unwrap_err(), not_now);
}

/// D32.
#[test]
fn what_changed_since_it_was_read_stays() {
    let seen = Some(now() - TimeDelta::microseconds(1));
    for seen in [seen, None] {
        let refused = submitted().refuse(seen, "Besoin couvert.".to_owned(), now());
        assert_eq!(refused.unwrap_err(), HabilitationRefused::Overtaken);
    }
}

#[test]
fn a_right_is_revoked_as_long_as_it_is_not_over() {
    let recorded = || {
        let whose = (OrganisationId(Uuid::from_u128(2)), "57".to_owned(), None);
        let id = HabilitationId(Uuid::from_u128(1));
        Habilitation::record(id, whose, false, order(), now()).into_parts().0
    };
    let revoked = recorded().revoke(Some(now()), "Plus d’équipe.".to_owned(), now()).unwrap();
    assert!(!revoked.value().is_in_force(day("2026-05-04")), "at once");
    let after = paris_midnight(day("2031-05-04"));
    let over = recorded().revoke(Some(now()), String::new(), after).unwrap_err();
    assert_eq!(over, HabilitationRefused::NotNow(HabilitationState::Granted));
}
