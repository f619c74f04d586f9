use super::OversightRefused as No;
use super::UserKind::{JobSeeker, Professional, Staff};
use super::*;

const SOMEBODY: UserId = UserId(uuid::Uuid::from_u128(1));
const TEAM: UserId = UserId(uuid::Uuid::from_u128(2));

fn at() -> DateTime<Utc> {
    "2026-05-04T09:00:00Z".parse().unwrap()
}

fn email(text: &str) -> Email {
    Email::parse(text).unwrap()
}

/// An account with a password here.
fn local(kind: UserKind) -> Overseen {
    Overseen {
        user: SOMEBODY,
        kind,
        is_active: true,
        email: Some(email("anne@exemple.fr")),
        has_password: true,
        identities: vec![],
        armed_at: None,
        deletion_told_at: None,
        memberships: vec![],
    }
}

/// One tied to a provider.
fn tied(kind: UserKind) -> Overseen {
    Overseen { has_password: false, identities: vec![(Provider::ProConnect, at())], ..local(kind) }
}

fn closed(account: Overseen) -> Overseen {
    Overseen { is_active: false, ..account }
}

/// USR-15.
#[test]
fn an_account_closes_with_its_memberships_but_ones_own() {
    let id = |n| OrganisationId(uuid::Uuid::from_u128(n));
    let member = Overseen { memberships: vec![(id(7), at()), (id(8), at())], ..tied(Professional) };
    let done = member.deactivate(TEAM, &member.seen()).unwrap();
    assert_eq!(done.value(), &Deactivated { user: SOMEBODY, memberships: vec![id(7), id(8)] });
    let table = [
        (local(JobSeeker), TEAM, Ok(())),
        (local(Staff), TEAM, Ok(())),
        (local(Staff), SOMEBODY, Err(No::Oneself)),
        (closed(tied(Professional)), TEAM, Err(No::Inactive)),
    ];
    for (account, by, expected) in table {
        assert_eq!(account.deactivate(by, &account.seen()).map(drop), expected, "{account:?}");
    }
}

/// USR-17: those that went because nobody used them, and no others.
#[test]
fn only_what_nobody_used_is_opened_again() {
    let forgotten = Overseen { deletion_told_at: Some(at()), email: None, ..closed(tied(Professional)) };
    let table = [
        ("unused, told, without address", forgotten.clone(), Ok(())),
        ("open", Overseen { is_active: true, ..forgotten.clone() }, Err(No::NotReactivable)),
        ("closed by the team", closed(tied(Professional)), Err(No::NotReactivable)),
        (
            "with an address",
            Overseen { email: Some(email("a@b.fr")), ..forgotten.clone() },
            Err(No::NotReactivable),
        ),
        ("never told", Overseen { deletion_told_at: None, ..forgotten.clone() }, Err(No::NotReactivable)),
        ("of no provider", Overseen { identities: vec![], ..forgotten.clone() }, Err(No::NotReactivable)),
        ("a candidate", Overseen { kind: JobSeeker, ..forgotten }, Err(No::NotReactivable)),
    ];
    for (which, account, expected) in table {
        assert_eq!(account.reactivate(&account.seen()).map(drop), expected, "{which}");
    }
}

/// 01 §13, USR-9.
#[test]
fn the_address_of_a_local_account_is_replaced() {
    let new = "claire@exemple.fr";
    let table = [
        (local(JobSeeker), new, Ok(())),
        (local(Staff), new, Ok(())),
        (Overseen { email: None, has_password: false, ..local(JobSeeker) }, new, Ok(())),
        (tied(Professional), new, Err(No::NotLocal)),
        (local(JobSeeker), "anne@exemple.fr", Err(No::SameEmail)),
        (local(JobSeeker), "claire@francetravail.fr", Err(No::ForbiddenDomain)),
        (local(Professional), "claire@francetravail.fr", Ok(())),
        (closed(local(JobSeeker)), new, Err(No::Inactive)),
    ];
    for (account, new, expected) in table {
        let changed = account.change_email(email(new), &account.seen());
        if let Ok(changed) = &changed {
            assert_eq!((&changed.value().before, &changed.value().after), (&account.email, &email(new)));
        }
        assert_eq!(changed.map(drop), expected, "{account:?} {new}");
    }
}

/// OID-12, OID-19.
#[test]
fn a_subject_may_change_once_the_team_says_so_and_no_longer_when_it_says_not() {
    let armed = Overseen { armed_at: Some(at()), ..tied(JobSeeker) };
    let table = [
        (tied(JobSeeker), true, Ok(Some(Some(at())))),
        (armed.clone(), true, Ok(None)),
        (armed.clone(), false, Ok(Some(None))),
        (tied(JobSeeker), false, Ok(None)),
        (local(JobSeeker), true, Err(No::NoIdentity)),
        (local(Staff), true, Err(No::NoIdentity)),
        (closed(tied(JobSeeker)), true, Err(No::Inactive)),
    ];
    for (account, is_armed, expected) in table {
        let changed = account.let_subject_change(is_armed, &account.seen(), at());
        let found = changed.map(|changed| changed.map(|changed| changed.value().armed_at));
        assert_eq!(found, expected, "{account:?} {is_armed}");
    }
}

/// 01 §13: only local accounts with a usable password; the team signs in by nothing else (OID-19).
#[test]
fn the_way_in_by_password_closes_where_there_is_one() {
    let table = [
        (local(Professional), Ok(())),
        (local(JobSeeker), Ok(())),
        (tied(Professional), Err(PasswordKept::NoPassword)),
        (closed(local(Professional)), Err(PasswordKept::Inactive)),
        (local(Staff), Err(PasswordKept::OfTeam)),
    ];
    for (account, expected) in table {
        assert_eq!(account.close_password().map(drop), expected, "{account:?}");
    }
}

/// D32: whatever a page showed makes another version of it.
#[test]
fn what_changed_since_a_page_was_read_is_acted_on_by_nobody() {
    let read = Overseen {
        memberships: vec![(OrganisationId(uuid::Uuid::from_u128(7)), at())],
        ..tied(Professional)
    };
    let later = at() + chrono::TimeDelta::seconds(1);
    let others = [
        Overseen { is_active: false, ..read.clone() },
        Overseen { email: None, ..read.clone() },
        Overseen { has_password: true, ..read.clone() },
        Overseen { identities: vec![(Provider::ProConnect, later)], ..read.clone() },
        Overseen { identities: vec![], ..read.clone() },
        Overseen { armed_at: Some(at()), ..read.clone() },
        Overseen { deletion_told_at: Some(at()), ..read.clone() },
        Overseen { memberships: vec![], ..read.clone() },
        Overseen { memberships: vec![(OrganisationId(uuid::Uuid::from_u128(7)), later)], ..read.clone() },
    ];
    let seen = read.seen();
    for now in others {
        assert_eq!(now.deactivate(TEAM, &seen).map(drop), Err(No::Changed), "{now:?}");
        assert_eq!(now.reactivate(&seen).map(drop), Err(No::Changed));
        assert_eq!(now.change_email(email("a@b.fr"), &seen).map(drop), Err(No::Changed));
        assert_eq!(now.let_subject_change(true, &seen, at()).map(drop), Err(No::Changed));
    }
}
