//! The waiting period (délai de carence) after a PASS ends (rule book 03 §4.5).

use chrono::NaiveDate;

use super::Pass;
use crate::time::add_months;

/// Length of the waiting period, in calendar months (two years).
pub const WAITING_PERIOD_MONTHS: u32 = 24;

/// Last day of the waiting period after a PASS that ended on `end`, inclusive.
pub fn waiting_end(end: NaiveDate) -> NaiveDate {
    add_months(end, WAITING_PERIOD_MONTHS)
}

/// The PASS that counts for a person (rule book 03 §4.5): the most recently created valid one; else the one with
/// the greatest end (tie: earliest start), unless its waiting period is over.
pub fn latest_pass(passes: &[Pass], today: NaiveDate) -> Option<&Pass> {
    let valid = passes.iter().filter(|pass| pass.parcours.is_valid(today)).max_by_key(|pass| pass.created_at);
    valid.or_else(|| {
        passes
            .iter()
            .max_by_key(|pass| (pass.parcours.end(), std::cmp::Reverse(pass.parcours.start())))
            .filter(|pass| today <= waiting_end(pass.parcours.end()))
    })
}

/// Whether one of the PASS is valid on `today` (its last day counts, and so does one that has not started).
pub fn has_valid_pass(passes: &[Pass], today: NaiveDate) -> bool {
    passes.iter().any(|pass| pass.parcours.is_valid(today))
}

/// The last day of the waiting period a person is in, if they are in one.
pub fn waiting_until(passes: &[Pass], today: NaiveDate) -> Option<NaiveDate> {
    latest_pass(passes, today).and_then(|pass| waiting_after(pass.parcours.end(), today))
}

/// The same from the last day of the PASS that ends last: nothing else of the others matters.
pub fn waiting_after(last_day: NaiveDate, today: NaiveDate) -> Option<NaiveDate> {
    let until = waiting_end(last_day);
    (last_day < today && today <= until).then_some(until)
}

#[cfg(test)]
mod tests {
    use super::super::tests::pass;
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn two_calendar_years_inclusive() {
        let passes = [pass("2022-07-02", "2024-06-30")];
        assert_eq!(waiting_until(&passes, day("2024-06-30")), None, "still valid on its last day");
        assert_eq!(waiting_until(&passes, day("2024-07-01")), Some(day("2026-06-30")));
        assert_eq!(waiting_until(&passes, day("2026-06-30")), Some(day("2026-06-30")));
        assert_eq!(waiting_until(&passes, day("2026-07-01")), None);
    }

    #[test]
    fn a_valid_pass_hides_the_waiting_period_of_an_older_one() {
        let passes = [pass("2022-01-01", "2023-12-31"), pass("2025-02-01", "2027-01-31")];
        assert_eq!(waiting_until(&passes, day("2025-03-01")), None);
        assert_eq!(latest_pass(&passes, day("2025-03-01")).unwrap().parcours.start(), day("2025-02-01"));
    }

    #[test]
    fn a_pass_is_valid_to_its_last_day() {
        let passes = [pass("2022-01-01", "2023-12-31"), pass("2025-02-01", "2027-01-31")];
        for (today, expected) in [("2023-12-31", true), ("2027-01-31", true), ("2027-02-01", false)] {
            assert_eq!(has_valid_pass(&passes, day(today)), expected, "{today}");
        }
        assert!(!has_valid_pass(&[], day("2025-03-01")));
    }

    #[test]
    fn a_leap_day_waits_until_the_28th() {
        assert_eq!(waiting_end(day("2024-02-29")), day("2026-02-28"));
    }
}
