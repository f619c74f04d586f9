//! What waits for someone: how urgent it is, said the same way on every dashboard.

use chrono::NaiveDate;

use crate::time::add_days;

/// Days within which an employer is expected to answer an application. Our own choice: no text fixes one; the
/// platform declines by itself after two months without news (rule book 02 §7.3).
pub const ANSWER_EXPECTED_DAYS: u64 = 14;

/// When something has to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// The day has passed.
    Late,
    /// It is today.
    Today,
    /// Within seven days.
    ThisWeek,
    /// After.
    Later,
}

impl Urgency {
    /// Every urgency, the most pressing first.
    pub const ALL: [Self; 4] = [Self::Late, Self::Today, Self::ThisWeek, Self::Later];

    /// The title of its group.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Late => "En retard",
            Self::Today => "Aujourd'hui",
            Self::ThisWeek => "Cette semaine",
            Self::Later => "Plus tard",
        }
    }
}

/// The day by which an application received on `received_on` should be answered.
pub fn answer_due_on(received_on: NaiveDate) -> NaiveDate {
    add_days(received_on, ANSWER_EXPECTED_DAYS)
}

/// How urgent something due on `due_on` is.
pub fn urgency(due_on: NaiveDate, today: NaiveDate) -> Urgency {
    if due_on < today {
        Urgency::Late
    } else if due_on == today {
        Urgency::Today
    } else if due_on <= add_days(today, 7) {
        Urgency::ThisWeek
    } else {
        Urgency::Later
    }
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
}
