//! INV-3 to INV-8, as tables.

use super::*;
use crate::event::Event;

fn id(n: u128) -> uuid::Uuid {
    uuid::Uuid::from_u128(n)
}

fn at() -> DateTime<Utc> {
    "2026-05-04T09:00:00Z".parse().unwrap()
}

fn email(text: &str) -> Email {
    Email::parse(text).unwrap()
}

fn invited(address: &str) -> Invited {
    let name = |text| Name::parse(text).unwrap();
    Invited { email: email(address), first_name: name("Claire"), last_name: name("Weber") }
}

fn host(pending: usize) -> Host {
    Host {
        organisation: OrganisationId(id(1)),
        sender: UserId(id(2)),
        is_open: true,
        is_france_travail: false,
        pending,
        just_invited: vec![],
    }
}

fn refused(host: &Host, people: Vec<(Invited, Option<Known>)>) -> Option<InviteRefused> {
    invite(host, people, at()).err()
}

fn invitation() -> Invitation {
    Invitation {
        id: InvitationId(id(5)),
        organisation: OrganisationId(id(1)),
        sender: UserId(id(2)),
        email: email("claire@ml.exemple.fr"),
        sent_at: at(),
        expires_at: at() + INVITATION_LASTS,
        accepted: None,
        revoked_at: None,
    }
}

fn guest(address: &str, kind: UserKind) -> Guest {
    Guest { user: UserId(id(7)), kind, email: Some(email(address)) }
}

/// INV-4.
#[test]
fn each_line_is_checked_and_all_of_them_leave_or_none() {
    let known = |kind, is_member| Some(Known { kind, is_member });
    let (one, two) = (invited("a@ml.exemple.fr"), invited("b@ml.exemple.fr"));
    let table = [
        (vec![(one.clone(), None)], None),
        (vec![(one.clone(), known(UserKind::Professional, false))], None),
        (vec![(one.clone(), known(UserKind::Professional, true))], Some((0, LineRefused::AlreadyMember))),
        (vec![(one.clone(), known(UserKind::JobSeeker, false))], Some((0, LineRefused::NotProfessional))),
        (vec![(one.clone(), known(UserKind::Staff, false))], Some((0, LineRefused::NotProfessional))),
        (vec![(two.clone(), None), (one.clone(), None), (two, None)], Some((2, LineRefused::Repeated(0)))),
    ];
    for (people, mistake) in table {
        let expected = mistake.map(|mistake| InviteRefused::Lines(vec![mistake]));
        assert_eq!(refused(&host(0), people), expected);
    }
    let agency = Host { is_france_travail: true, ..host(0) };
    let mistake = InviteRefused::Lines(vec![(0, LineRefused::NotFranceTravail)]);
    assert_eq!(refused(&agency, vec![(one, None)]), Some(mistake), "PRE-19");
    assert_eq!(refused(&agency, vec![(invited("a@francetravail.fr"), None)]), None);
    let lately = Host { just_invited: vec![email("b@ml.exemple.fr")], ..host(0) };
    let mistake = InviteRefused::Lines(vec![(0, LineRefused::JustInvited)]);
    assert_eq!(
        refused(&lately, vec![(invited("b@ml.exemple.fr"), None)]),
        Some(mistake),
        "a form sent twice"
    );
    assert_eq!(refused(&Host { is_open: false, ..host(0) }, vec![]), Some(InviteRefused::Closed), "INV-6");
}

/// INV-3.
#[test]
fn fifty_invitations_wait_at_most() {
    let people = |count: usize| (0..count).map(|n| (invited(&format!("a{n}@ml.exemple.fr")), None)).collect();
    for (pending, sent, left) in
        [(0, 50, None), (0, 51, Some(50)), (49, 1, None), (49, 2, Some(1)), (50, 1, Some(0))]
    {
        let expected = left.map(|left| InviteRefused::TooMany { left });
        assert_eq!(refused(&host(pending), people(sent)), expected, "{pending} {sent}");
    }
    let (sent, events) = invite(&host(0), people(3), at()).unwrap().into_parts();
    assert_eq!((sent.len(), events.len()), (3, 3), "an audit row and a mail each");
    assert!(matches!(events[0], Event::Invitation(_)));
}

/// INV-5: the timestamp decides, in the list and at the acceptance alike.
#[test]
fn an_invitation_serves_fourteen_days_to_the_second() {
    let end = at() + INVITATION_LASTS;
    let (accepted, revoked) = (
        Invitation { accepted: Some((at(), UserId(id(7)))), ..invitation() },
        Invitation { revoked_at: Some(at()), ..invitation() },
    );
    for (invitation, now, state) in [
        (invitation(), end - TimeDelta::seconds(1), InvitationState::Pending),
        (invitation(), end, InvitationState::Expired),
        (accepted, end, InvitationState::Accepted),
        (revoked, at(), InvitationState::Revoked),
    ] {
        assert_eq!(invitation.state(now), state);
    }
}

/// INV-6, INV-8.
#[test]
fn only_whom_it_is_for_accepts_it_while_it_waits() {
    use AcceptInvitationRefused as No;
    let own = guest("claire@ml.exemple.fr", UserKind::Professional);
    let end = at() + INVITATION_LASTS;
    let revoked = Invitation { revoked_at: Some(at()), ..invitation() };
    let used = Invitation { accepted: Some((at(), UserId(id(8)))), ..invitation() };
    let nobody = Guest { email: None, ..own.clone() };
    let table = [
        (invitation(), own.clone(), true, at(), Ok(())),
        (invitation(), own.clone(), false, at(), Err(No::OrganisationClosed)),
        (invitation(), own.clone(), true, end, Err(No::Expired)),
        (revoked.clone(), own.clone(), true, at(), Err(No::Revoked)),
        (used, own, true, at(), Err(No::Used)),
        (revoked, guest("autre@ml.exemple.fr", UserKind::Professional), true, at(), Err(No::OtherAddress)),
        (invitation(), nobody, true, at(), Err(No::OtherAddress)),
        (
            invitation(),
            guest("claire@ml.exemple.fr", UserKind::JobSeeker),
            true,
            at(),
            Err(No::NotProfessional),
        ),
        (invitation(), guest("claire@ml.exemple.fr", UserKind::Staff), true, at(), Err(No::NotProfessional)),
    ];
    for (invitation, guest, is_open, now, expected) in table {
        assert_eq!(invitation.accept(&guest, is_open, now).map(drop), expected);
    }
}

/// A candidate, or somebody of the team, counts as whom one looks up; a colleague does not.
#[test]
fn what_a_refusal_tells_of_strangers_is_counted() {
    let known = |kind, is_member| Some(Known { kind, is_member });
    let people = vec![
        (invited("a@ml.exemple.fr"), known(UserKind::JobSeeker, false)),
        (invited("b@ml.exemple.fr"), known(UserKind::Professional, true)),
        (invited("c@ml.exemple.fr"), known(UserKind::Staff, false)),
    ];
    assert_eq!(refused(&host(0), people).map(|refused| refused.tells_of_strangers()), Some(2));
    assert_eq!(InviteRefused::TooMany { left: 0 }.tells_of_strangers(), 0);
}

/// INV-3, INV-6, INV-12.
#[test]
fn an_invitation_is_sent_again_or_taken_back_while_it_may_serve() {
    use InvitationChangeRefused as No;
    let later = at() + SENT_AGAIN;
    let end = at() + INVITATION_LASTS;
    let accepted = Invitation { accepted: Some((at(), UserId(id(7)))), ..invitation() };
    assert_eq!(invitation().send_again(&host(1), at()).map(drop), Err(No::JustSent));
    let again = invitation().send_again(&host(49), end).unwrap().into_parts().0;
    assert_eq!(again.expires_at, end + INVITATION_LASTS, "one that expired serves again");
    assert_eq!(
        invitation().send_again(&host(50), end).map(drop),
        Err(No::Full),
        "it would be the fifty-first"
    );
    assert!(invitation().send_again(&host(50), later).is_ok(), "it is one of the fifty");
    let closed = Host { is_open: false, ..host(1) };
    assert_eq!(invitation().send_again(&closed, later).map(drop), Err(No::Closed));
    assert_eq!(
        accepted.clone().send_again(&host(0), later).map(drop),
        Err(No::Over(InvitationState::Accepted))
    );
    assert!(invitation().revoke(RevokedBecause::Asked, later).is_ok());
    assert!(invitation().revoke(RevokedBecause::SenderLeft, end).is_ok(), "so that nobody sends it again");
    for over in [accepted, Invitation { revoked_at: Some(at()), ..invitation() }] {
        let state = over.state(later);
        assert_eq!(over.revoke(RevokedBecause::Asked, later).map(drop), Err(No::Over(state)));
    }
}
