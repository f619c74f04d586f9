use super::UserKind::{JobSeeker, Professional, Staff};
use super::*;

const SOMEBODY: UserId = UserId(uuid::Uuid::from_u128(1));

/// Noon in Paris, or thereabouts.
fn noon(day: &str) -> DateTime<Utc> {
    format!("{day}T10:30:00Z").parse().unwrap()
}

fn used(last_login: &str) -> Usage {
    Usage {
        user: SOMEBODY,
        kind: Professional,
        is_active: true,
        has_email: true,
        last_login_at: Some(noon(last_login)),
        told_at: None,
        memberships: vec![OrganisationId(uuid::Uuid::from_u128(7))],
    }
}

fn told(last_login: &str, told: &str) -> Usage {
    Usage { told_at: Some(noon(told)), ..used(last_login) }
}

/// USR-16: a month before two years.
#[test]
fn the_holder_of_an_unused_account_is_told_once() {
    let table = [
        ("used three weeks ago", used("2026-04-13"), "2026-05-04", false),
        ("it would go the day before two years", used("2024-06-03"), "2026-05-03", false),
        ("it goes on the day of two years", used("2024-06-03"), "2026-05-04", true),
        ("after an outage of the task", used("2024-06-03"), "2026-11-20", true),
        ("used on a 29 February, before the first of March", used("2024-02-29"), "2026-01-29", false),
        ("used on a 29 February", used("2024-02-29"), "2026-01-30", true),
        ("told already", told("2024-06-03", "2026-05-04"), "2026-05-05", false),
        ("told long ago, used since, unused again", told("2024-06-03", "2024-02-01"), "2026-05-04", true),
        ("never used", Usage { last_login_at: None, ..used("2024-06-03") }, "2026-05-04", false),
        ("opened again by the team", Usage { has_email: false, ..used("2020-01-01") }, "2026-05-04", false),
        ("closed", Usage { is_active: false, ..used("2020-01-01") }, "2026-05-04", false),
        ("a candidate’s", Usage { kind: JobSeeker, ..used("2020-01-01") }, "2026-05-04", false),
        ("of the team", Usage { kind: Staff, ..used("2020-01-01") }, "2026-05-04", false),
    ];
    for (which, account, today, expected) in table {
        let changed = account.tell(noon(today));
        assert_eq!(changed.is_some(), expected, "{which}");
        if let Some(changed) = changed {
            assert_eq!(changed.value(), &Told { user: SOMEBODY, at: noon(today) }, "{which}");
        }
    }
}

/// USR-16: thirty days after, unless they signed in.
#[test]
fn an_account_goes_on_the_day_its_holder_was_told() {
    let unused = told("2024-06-03", "2026-05-04");
    let table = [
        ("the day before", unused.clone(), "2026-06-02", false),
        ("the day that was said", unused.clone(), "2026-06-03", true),
        ("after an outage of the task", unused.clone(), "2026-09-01", true),
        ("used since", told("2026-05-20", "2026-05-04"), "2026-06-03", false),
        ("never told", used("2024-06-03"), "2026-06-03", false),
        ("closed meanwhile", Usage { is_active: false, ..unused.clone() }, "2026-06-03", false),
        ("of the team", Usage { kind: Staff, ..unused.clone() }, "2026-06-03", false),
    ];
    for (which, account, today, expected) in table {
        let anonymised = account.anonymise(noon(today)).map(|changed| changed.value().memberships.len());
        assert_eq!(anonymised, expected.then_some(1), "{which}");
        assert_eq!(account.delete(noon(today)).is_some(), expected, "{which}");
    }
    assert_eq!(goes_on(noon("2026-05-04")), "2026-06-03".parse().unwrap(), "the day its mail says");
}

/// The day is the one of Paris, where it is tomorrow already late in the evening of UTC.
#[test]
fn days_are_those_of_paris() {
    let late: DateTime<Utc> = "2026-05-03T22:30:00Z".parse().unwrap();
    assert!(used("2024-06-03").tell(late).is_some());
    let unused = Usage { told_at: Some(late), ..used("2024-06-03") };
    assert!(unused.anonymise("2026-06-02T21:30:00Z".parse().unwrap()).is_none());
    assert!(unused.anonymise("2026-06-02T22:30:00Z".parse().unwrap()).is_some());
}
