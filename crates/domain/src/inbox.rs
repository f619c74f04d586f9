//! What waits for someone: how urgent it is, said the same way on every dashboard.

use chrono::{NaiveDate, TimeDelta};

use crate::code::code;
use crate::time::{Period, add_days, sub_days};

/// Days within which an employer is expected to answer an application. Our own choice: no text fixes one; the
/// platform declines by itself after two months without news (rule book 02 §7.3).
pub const ANSWER_EXPECTED_DAYS: u64 = 14;

/// Time during which an answer is news.
pub const NEWS: TimeDelta = TimeDelta::days(30);

/// Days of « cette semaine ».
const WEEK: u64 = 7;
/// Nothing is due later than that: a century.
const FURTHEST: u64 = 36_525;

code! {
    /// When something has to be done, the most pressing first.
    Urgency {
        Late = "late", "En retard";
        Today = "today", "Aujourd’hui";
        ThisWeek = "week", "Cette semaine";
        Later = "later", "Plus tard";
    }
}

impl Urgency {
    /// First and last day on which something of this urgency is due.
    pub fn due(self, today: NaiveDate) -> Period {
        match self {
            Self::Late => Period { start: NaiveDate::default(), end: sub_days(today, 1) },
            Self::Today => Period { start: today, end: today },
            Self::ThisWeek => Period { start: add_days(today, 1), end: add_days(today, WEEK) },
            Self::Later => Period { start: add_days(today, WEEK + 1), end: add_days(today, FURTHEST) },
        }
    }
}

/// The day by which an application received on `received_on` should be answered.
pub fn answer_due_on(received_on: NaiveDate) -> NaiveDate {
    add_days(received_on, ANSWER_EXPECTED_DAYS)
}

/// How urgent something due on `due_on` is.
pub fn urgency(due_on: NaiveDate, today: NaiveDate) -> Urgency {
    let is_due = |urgency: &&Urgency| due_on <= urgency.due(today).end;
    Urgency::ALL.iter().find(is_due).copied().unwrap_or(Urgency::Later)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_weeks_to_answer_then_late() {
        let received: NaiveDate = "2026-03-01".parse().unwrap();
        let due = answer_due_on(received);
        let on = |day: &str| urgency(due, day.parse().unwrap());
        assert_eq!(on("2026-03-01"), Urgency::Later);
        assert_eq!(on("2026-03-08"), Urgency::ThisWeek);
        assert_eq!(on("2026-03-15"), Urgency::Today);
        assert_eq!(on("2026-03-16"), Urgency::Late);
    }
    #[test]
    fn every_day_has_one_urgency_and_the_days_of_each_are_its_own() {
        let today: NaiveDate = "2026-03-15".parse().unwrap();
        for days in -900..900 {
            let due = today + chrono::TimeDelta::days(days);
            let of: Vec<_> = Urgency::ALL.iter().filter(|urgency| urgency.due(today).contains(due)).collect();
            assert_eq!(of, [&urgency(due, today)], "{due}");
        }
    }
}
