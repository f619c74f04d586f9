//! The days of a campaign (rule book 04 §1.7). They are shown and proposed; no phase turns by itself.

use chrono::NaiveDate;

use crate::time::{add_days, add_months, sub_days};

/// Days an SIAE has to submit, in each phase: six weeks.
const SUBMISSION_DAYS: u64 = 42;

/// Days the DDETS has to end its reviews, once submissions of the contradictory phase are frozen: two weeks.
const REVIEW_DAYS: u64 = 14;

/// Months the DDETS has to notify a sanction (D14).
const SANCTION_MONTHS: u32 = 5;

/// The two days that campaigns created together share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Calendar {
    /// The day the SIAE are to be drawn: the DDETS chooses its ratio before.
    pub launch_on: NaiveDate,
    /// First day of the contradictory phase.
    pub adversarial_from: NaiveDate,
}

/// The contradictory phase would begin before SIAE had their six weeks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the contradictory phase begins on {earliest} at the earliest")]
pub struct CalendarTooShort {
    /// The first day it may begin.
    pub earliest: NaiveDate,
}

impl Calendar {
    /// Reads two days.
    pub fn plan(launch_on: NaiveDate, adversarial_from: NaiveDate) -> Result<Self, CalendarTooShort> {
        let earliest = add_days(launch_on, SUBMISSION_DAYS + 1);
        if adversarial_from < earliest {
            Err(CalendarTooShort { earliest })
        } else {
            Ok(Self { launch_on, adversarial_from })
        }
    }

    /// Last day the DDETS may choose its ratio: the eve of the launch.
    pub fn ratio_until(self) -> NaiveDate {
        sub_days(self.launch_on, 1)
    }

    /// Last day an SIAE may submit in the amicable phase, which began on `launched_on`.
    pub fn amicable_until(launched_on: NaiveDate) -> NaiveDate {
        add_days(launched_on, SUBMISSION_DAYS)
    }

    /// Last day the DDETS may review what came in the amicable phase.
    pub fn amicable_review_until(self) -> NaiveDate {
        sub_days(self.adversarial_from, 1)
    }

    /// Last day an SIAE may submit in the contradictory phase.
    pub fn adversarial_until(self) -> NaiveDate {
        add_days(self.adversarial_from, SUBMISSION_DAYS)
    }

    /// Last day the DDETS may review what came in the contradictory phase.
    pub fn adversarial_review_until(self) -> NaiveDate {
        add_days(self.adversarial_until(), REVIEW_DAYS)
    }

    /// Last day to notify a sanction, as the page of sanctions says it (D14): it blocks nothing.
    pub fn sanctions_until(self) -> NaiveDate {
        add_months(self.adversarial_from, SANCTION_MONTHS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// The national calendar of 2023 (§1.7): its contradictory phase began on 1 September.
    #[test]
    fn the_days_of_2023() {
        let calendar = Calendar::plan(day("2023-06-12"), day("2023-09-01")).unwrap();
        assert_eq!(calendar.ratio_until(), day("2023-06-11"));
        assert_eq!(Calendar::amicable_until(day("2023-06-12")), day("2023-07-24"), "42 days");
        assert_eq!(calendar.amicable_review_until(), day("2023-08-31"));
        assert_eq!(calendar.adversarial_until(), day("2023-10-13"));
        assert_eq!(calendar.adversarial_review_until(), day("2023-10-27"));
        assert_eq!(calendar.sanctions_until(), day("2024-02-01"), "D14");
    }

    #[test]
    fn siae_have_their_six_weeks() {
        let launch = day("2026-06-01");
        let earliest = day("2026-07-14");
        assert_eq!(Calendar::plan(launch, day("2026-07-13")), Err(CalendarTooShort { earliest }));
        assert!(Calendar::plan(launch, earliest).is_ok());
    }
}
