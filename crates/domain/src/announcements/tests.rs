use chrono::NaiveDate;
use uuid::Uuid;

use super::*;

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn span(from: &str, until: &str) -> Span {
    Span { from: at(from), until: at(until) }
}

const NOW: &str = "2026-05-04T10:00:00Z";
const AUTHOR: UserId = UserId(Uuid::from_u128(1));
const READER: UserId = UserId(Uuid::from_u128(2));
const ID: AnnouncementId = AnnouncementId(Uuid::from_u128(3));

fn notice() -> Notice {
    Notice {
        title: Message::parse("Nouveau contrôle").unwrap(),
        body: Message::parse("Il commence en juin.").unwrap(),
        level: AnnouncementLevel::Info,
        audience: Audience::default(),
        shown: span("2026-05-04T08:00:00Z", "2026-05-11T08:00:00Z"),
        outage: None,
    }
}

fn published(notice: Notice) -> Announcement {
    publish(ID, notice, AUTHOR, at(NOW)).unwrap().into_parts().0
}

#[test]
fn the_dates_of_an_announcement_hold_together() {
    use AnnouncementRefused as No;
    let shown = |from, until| Notice { shown: span(from, until), ..notice() };
    let outage = |from, until| Notice { outage: Some(span(from, until)), ..notice() };
    let table = [
        (notice(), Ok(())),
        (shown("2026-05-11T08:00:00Z", "2026-05-11T08:00:00Z"), Err(No::EndsBeforeItBegins)),
        (shown("2026-05-01T08:00:00Z", NOW), Err(No::EndsInThePast)),
        (shown("2026-06-01T08:00:00Z", "2027-06-02T08:00:00Z"), Ok(())),
        (shown("2026-06-01T08:00:00Z", "2027-06-02T08:00:01Z"), Err(No::TooLong)),
        (outage("2026-05-06T18:00:00Z", "2026-05-06T20:00:00Z"), Ok(())),
        (outage("2026-05-06T20:00:00Z", "2026-05-06T18:00:00Z"), Err(No::OutageEndsBeforeItBegins)),
        (outage("2026-05-11T07:00:00Z", "2026-05-11T09:00:00Z"), Err(No::OutageNotShown)),
        (outage("2026-05-04T07:00:00Z", "2026-05-04T09:00:00Z"), Err(No::OutageNotShown)),
    ];
    for (notice, expected) in table {
        assert_eq!(publish(ID, notice.clone(), AUTHOR, at(NOW)).map(drop), expected, "{notice:?}");
    }
}

#[test]
fn it_comes_runs_and_is_over() {
    use AnnouncementState as S;
    let one = published(notice());
    for (when, state) in [
        ("2026-05-04T07:59:59Z", S::Coming),
        ("2026-05-04T08:00:00Z", S::Running),
        ("2026-05-11T07:59:59Z", S::Running),
        ("2026-05-11T08:00:00Z", S::Past),
    ] {
        assert_eq!(one.state(at(when)), state, "{when}");
    }
    let withdrawn = one.withdraw(at(NOW)).unwrap().into_parts().0;
    assert_eq!(withdrawn.state(at(NOW)), S::Withdrawn);
    let over = AnnouncementRefused::Over(S::Withdrawn);
    assert_eq!(withdrawn.clone().withdraw(at(NOW)).map(drop), Err(over));
    assert_eq!(withdrawn.change(notice(), at(NOW)).map(drop), Err(over));
}

/// Other words are read again, other dates are not.
#[test]
fn whoever_hid_it_reads_what_it_says_since() {
    let one = published(notice());
    assert!(one.clone().change(notice(), at(NOW)).unwrap().is_none(), "nothing differs");
    let dates = Notice { shown: span("2026-05-04T08:00:00Z", "2026-05-12T08:00:00Z"), ..notice() };
    let (longer, events) = one.clone().change(dates, at(NOW)).unwrap().unwrap().into_parts();
    assert_eq!((longer.edition, events.len()), (one.edition, 1));
    let words = Notice { body: Message::parse("Il commence en juillet.").unwrap(), ..notice() };
    let other = one.clone().change(words, at(NOW)).unwrap().unwrap().into_parts().0;
    assert_ne!(other.edition, one.edition);
    let nobody = Reader::default();
    assert!(!one.is_for(&nobody, &[one.edition], at(NOW)));
    assert!(other.is_for(&nobody, &[one.edition], at(NOW)));
    assert!(one.dismiss(READER, one.edition, &[]).is_some());
    assert!(one.dismiss(READER, one.edition, &[one.edition]).is_none(), "hidden already");
    assert!(other.dismiss(READER, one.edition, &[]).is_none(), "these words were not read");
}

#[test]
fn an_audience_is_of_kinds_and_of_departements() {
    use ReaderKind::{Employer, Prescriber};
    let audience = |kinds: &[ReaderKind], departments: &[&str]| Audience {
        kinds: kinds.to_vec(),
        departments: departments.iter().map(|code| (*code).to_owned()).collect(),
    };
    let reader = |kind, department| Reader { kind, department };
    let (visitor, moselle) = (Reader::default(), reader(Some(Employer), Some("57")));
    let table = [
        (audience(&[], &[]), visitor, true),
        (audience(&[], &[]), moselle, true),
        (audience(&[Employer], &[]), moselle, true),
        (audience(&[Employer, Prescriber], &["57", "54"]), moselle, true),
        (audience(&[Prescriber], &[]), moselle, false),
        (audience(&[Employer], &["54"]), moselle, false),
        (audience(&[], &["57"]), moselle, true),
        (audience(&[], &["57"]), visitor, false),
        (audience(&[Employer], &[]), visitor, false),
        (audience(&[Employer], &["57"]), reader(Some(Employer), None), false),
    ];
    for (audience, reader, expected) in table {
        assert_eq!(audience.includes(&reader), expected, "{audience:?} {reader:?}");
    }
}

#[test]
fn what_is_urgent_comes_first_then_what_began_last() {
    let of = |level, from: &str, id: u128| {
        let shown = span(from, "2026-05-11T08:00:00Z");
        let notice = Notice { level, shown, ..notice() };
        Announcement { id: AnnouncementId(Uuid::from_u128(id)), ..published(notice) }
    };
    let mut all = [
        of(AnnouncementLevel::Info, "2026-05-03T08:00:00Z", 1),
        of(AnnouncementLevel::Warning, "2026-05-01T08:00:00Z", 2),
        of(AnnouncementLevel::Info, "2026-05-02T08:00:00Z", 3),
        of(AnnouncementLevel::Warning, "2026-05-02T08:00:00Z", 4),
    ];
    all.sort_by(by_urgency);
    assert_eq!(all.map(|one| one.id.0.as_u128()), [4, 2, 1, 3]);
}

#[test]
fn an_hour_is_read_as_people_write_it() {
    let hour = |hour, minute| chrono::NaiveTime::from_hms_opt(hour, minute, 0);
    for (text, expected) in [
        ("8", hour(8, 0)),
        ("8h", hour(8, 0)),
        ("08:30", hour(8, 30)),
        (" 8 h 30 ", hour(8, 30)),
        ("20H05", hour(20, 5)),
        ("0:00", hour(0, 0)),
        ("24:00", None),
        ("8:60", None),
        ("8:30:00", None),
        ("huit", None),
        ("-1", None),
        ("", None),
    ] {
        assert_eq!(typed_time(text), expected, "{text}");
    }
    let day: NaiveDate = "2026-03-29".parse().unwrap();
    assert_eq!(paris_instant(day, hour(2, 30).unwrap()), None, "the clock goes from 2 to 3");
    assert_eq!(paris_instant(day, hour(3, 30).unwrap()), Some(at("2026-03-29T01:30:00Z")));
}
