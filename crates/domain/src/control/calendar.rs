//! The days of a campaign (rule book 04 §1.7). They are shown and proposed; no phase turns by itself.

use chrono::{DateTime, NaiveDate, Utc};

use super::told::Days;
use crate::time::{add_days, add_months, paris_date, sub_days};

/// Days a DDETS has to choose its ratio: four weeks (§1.4).
pub const RATIO_DAYS: u64 = 28;

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

    /// The days of SIAE that are drawn on that day. So late that they would not have their six weeks, the contradictory phase begins
    /// later by as many days; early, or a little late, it stays where everyone was told that it is.
    #[must_use]
    pub fn launched_on(self, day: NaiveDate) -> Self {
        let late = (day - self.launch_on).num_days();
        if late <= 0 || Self::plan(day, self.adversarial_from).is_ok() {
            return self;
        }
        Self { launch_on: day, adversarial_from: add_days(self.adversarial_from, late.unsigned_abs()) }
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

    /// Last day to notify a sanction, as the page of sanctions says it (D14): from the day when the contradictory phase was begun, or
    /// is planned to begin. It blocks nothing.
    pub fn sanctions_until(self, adversarial_at: Option<DateTime<Utc>>) -> NaiveDate {
        add_months(adversarial_at.map_or(self.adversarial_from, paris_date), SANCTION_MONTHS)
    }

    /// Last day of phase 4, as the national calendar has it: as many months from the day after the last review (§1.7).
    pub fn sanctions_declared_until(last_review: NaiveDate) -> NaiveDate {
        sub_days(add_months(add_days(last_review, 1), SANCTION_MONTHS), 1)
    }
}

impl Days {
    /// Last day the DDETS may review and validate, in the phase that runs.
    pub fn reviewed_until(&self) -> NaiveDate {
        if self.is_adversarial() {
            self.calendar.adversarial_review_until()
        } else {
            self.calendar.amicable_review_until()
        }
    }

    /// Last day to notify a sanction (D14).
    pub fn sanctions_until(&self) -> NaiveDate {
        self.calendar.sanctions_until(self.adversarial_at)
    }

    /// The day after: the next phase begins, or the campaign ends. Neither does by itself.
    pub fn next_phase_on(&self) -> NaiveDate {
        add_days(self.reviewed_until(), 1)
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
        assert_eq!(calendar.sanctions_until(None), day("2024-02-01"), "D14");
        let begun = [("2023-08-20T22:30:00Z", "2024-01-21"), ("2023-09-04T08:00:00Z", "2024-02-04")];
        for (at, until) in begun.map(|(at, until)| (Some(at.parse().unwrap()), day(until))) {
            assert_eq!(calendar.sanctions_until(at), until, "the day it was begun, in Paris");
        }
        assert_eq!(Calendar::sanctions_declared_until(day("2023-10-27")), day("2024-03-27"), "phase 4");
    }

    #[test]
    fn the_days_of_the_phase_that_runs() {
        let calendar = Calendar::plan(day("2026-06-01"), day("2026-08-10")).unwrap();
        let at = |text: &str| text.parse().unwrap();
        let amicable = Days { calendar, launched_at: at("2026-06-01T08:00:00Z"), adversarial_at: None };
        let adversarial = Days { adversarial_at: Some(at("2026-08-11T08:00:00Z")), ..amicable };
        for (days, until, reviewed, next) in [
            (amicable, "2026-07-13", "2026-08-09", "2026-08-10"),
            (adversarial, "2026-09-21", "2026-10-05", "2026-10-06"),
        ] {
            let said = (days.until(), days.reviewed_until(), days.next_phase_on());
            assert_eq!(said, (day(until), day(reviewed), day(next)));
        }
    }

    /// Drawn on a day, when the contradictory phase begins: planned on 1 June and 10 August, SIAE have their six weeks up to 28 June.
    #[test]
    fn a_launch_too_late_moves_the_contradictory_phase_by_as_much() {
        let planned = Calendar::plan(day("2026-06-01"), day("2026-08-10")).unwrap();
        for (launched, adversarial) in [
            ("2026-05-20", "2026-08-10"),
            ("2026-06-01", "2026-08-10"),
            ("2026-06-28", "2026-08-10"),
            ("2026-06-29", "2026-09-07"),
            ("2026-08-09", "2026-10-18"),
            ("2026-09-01", "2026-11-10"),
        ] {
            let followed = planned.launched_on(day(launched));
            assert_eq!(followed.adversarial_from, day(adversarial), "launched on {launched}");
            let is_moved = adversarial != "2026-08-10";
            assert_eq!(followed == planned, !is_moved, "launched on {launched}");
            assert!(!is_moved || Calendar::plan(day(launched), followed.adversarial_from) == Ok(followed));
        }
    }

    #[test]
    fn siae_have_their_six_weeks() {
        let launch = day("2026-06-01");
        let earliest = day("2026-07-14");
        assert_eq!(Calendar::plan(launch, day("2026-07-13")), Err(CalendarTooShort { earliest }));
        assert!(Calendar::plan(launch, earliest).is_ok());
    }
}
