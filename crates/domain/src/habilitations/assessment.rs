//! What the renewal of a right is read with (guide P2 §1.1): the work of the years that end, as the platform counts it.

use chrono::NaiveDate;

use crate::time::Period;

/// What an organisation did under its right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Assessment {
    /// The days that are counted: those of the right, until today while it runs.
    pub period: Period,
    /// Diagnoses of eligibility it made.
    pub prescriptions: i64,
    /// Applications it sent.
    pub sent: i64,
    /// Those that were accepted.
    pub accepted: i64,
    /// SIAE that received one of them.
    pub companies: i64,
    /// SIAE that accepted one of them.
    pub hiring: i64,
    /// Requests of prolongation it answered.
    pub prolongations: i64,
}

impl Assessment {
    /// The days that count: those of the right that ends, or the five years before today when no order was entered.
    pub fn period(right: Option<Period>, today: NaiveDate) -> Period {
        let start =
            right.map_or_else(|| crate::time::sub_months(today, super::LONGEST_MONTHS), |days| days.start);
        let end = right.map_or(today, |days| days.end.min(today));
        Period { start, end: end.max(start) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_days_of_the_right_count_until_today() {
        let day = |text: &str| -> NaiveDate { text.parse().unwrap() };
        let right = Period { start: day("2022-01-01"), end: day("2026-12-31") };
        let today = day("2026-05-04");
        assert_eq!(Assessment::period(Some(right), today), Period { start: right.start, end: today });
        assert_eq!(Assessment::period(Some(right), day("2027-02-01")), right);
        assert_eq!(Assessment::period(None, today).start, day("2021-05-04"));
    }
}
