//! Business dates: calendar days in Europe/Paris, never UTC (rule book 03 §0, conventions 1 to 4).

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, NaiveDateTime, TimeZone, Utc};
use chrono_tz::Europe::Paris;
use serde::{Deserialize, Serialize};

/// The calendar day in Paris at `now`.
pub fn paris_date(now: DateTime<Utc>) -> NaiveDate {
    now.with_timezone(&Paris).date_naive()
}

/// What the clock of Paris shows at `at`.
pub fn paris_time(at: DateTime<Utc>) -> NaiveDateTime {
    at.with_timezone(&Paris).naive_local()
}

/// The instant `day` begins in Paris.
pub fn paris_midnight(day: NaiveDate) -> DateTime<Utc> {
    let midnight = day.and_time(chrono::NaiveTime::MIN);
    Paris.from_local_datetime(&midnight).earliest().map_or(midnight.and_utc(), |at| at.to_utc())
}

/// `day` plus `months` calendar months, clamped to the last day of the target month (31 Aug + 6 months =
/// 28 or 29 Feb). Saturates at the end of the calendar, which no business date reaches.
pub fn add_months(day: NaiveDate, months: u32) -> NaiveDate {
    day.checked_add_months(Months::new(months)).unwrap_or(NaiveDate::MAX)
}

/// `day` plus an exact count of days.
pub fn add_days(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap_or(NaiveDate::MAX)
}

/// `day` minus an exact count of days.
pub fn sub_days(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_sub_days(Days::new(days)).unwrap_or(NaiveDate::MIN)
}

/// `day` minus `months` calendar months, clamped to the last day of the target month.
pub fn sub_months(day: NaiveDate, months: u32) -> NaiveDate {
    day.checked_sub_months(Months::new(months)).unwrap_or(NaiveDate::MIN)
}

/// Age in whole years at `on`. Someone born on 29 February turns a year older on 1 March of common years.
pub fn age(born: NaiveDate, on: NaiveDate) -> i32 {
    let birthday_passed = (on.month(), on.day()) >= (born.month(), born.day());
    on.year() - born.year() - i32::from(!birthday_passed)
}

/// The date someone typed, as browsers send it (2026-03-01) or as people write it (1/3/2026, 01.03.2026, 1-3-2026), its
/// year in four digits. Others exist for chrono, not all of them for Postgres, and none for anyone's contract.
pub fn typed_date(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    let day: Option<NaiveDate> = text.parse().ok().or_else(|| day_first(text));
    day.filter(|day| (1000..=9999).contains(&day.year()))
}

/// Day, month and year, in the order people write them.
fn day_first(text: &str) -> Option<NaiveDate> {
    let parts: Vec<&str> = text.split(['/', '.', '-', ' ']).filter(|part| !part.is_empty()).collect();
    let [day, month, year] = parts.as_slice() else { return None };
    let number = |text: &str, longest: usize| {
        let is_number = text.len() <= longest && text.bytes().all(|b| b.is_ascii_digit());
        is_number.then(|| text.parse::<u32>().ok()).flatten()
    };
    let year = i32::try_from(number(year, 4)?).ok()?;
    NaiveDate::from_ymd_opt(year, number(month, 2)?, number(day, 2)?)
}

/// A span of days, both bounds inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// First day.
    pub start: NaiveDate,
    /// Last day.
    pub end: NaiveDate,
}

impl Period {
    /// Whether `day` falls inside.
    pub fn contains(self, day: NaiveDate) -> bool {
        self.start <= day && day <= self.end
    }

    /// Whether the two share a day.
    pub fn overlaps(self, other: Self) -> bool {
        self.start <= other.end && other.start <= self.end
    }

    /// Number of days, both bounds counted.
    pub fn days(self) -> i64 {
        (self.end - self.start).num_days() + 1
    }

    /// Days from `today` on that still belong to the period (rule book 03 §4.8, `left`).
    pub fn days_left(self, today: NaiveDate) -> i64 {
        let to_end = ((self.end - today).num_days() + 1).max(0);
        let to_start = (self.start - today).num_days().max(0);
        to_end - to_start
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_business_day_is_the_one_in_paris() {
        let late_evening_utc = Utc.with_ymd_and_hms(2026, 6, 30, 22, 30, 0).unwrap();
        assert_eq!(paris_date(late_evening_utc), day("2026-07-01"));
    }

    #[test]
    fn a_day_begins_at_midnight_in_paris() {
        assert_eq!(paris_midnight(day("2026-07-01")), Utc.with_ymd_and_hms(2026, 6, 30, 22, 0, 0).unwrap());
        assert_eq!(paris_midnight(day("2026-01-01")), Utc.with_ymd_and_hms(2025, 12, 31, 23, 0, 0).unwrap());
    }

    #[test]
    fn a_typed_date_has_a_year_of_four_digits() {
        assert_eq!(typed_date(" 2026-05-04 "), Some(day("2026-05-04")));
        for strange in ["", "2026-02-30", "0026-05-04", "-262143-01-01", "+262142-12-31", "10000-01-01"] {
            assert_eq!(typed_date(strange), None, "{strange}");
        }
    }

    #[test]
    fn a_date_is_read_as_people_write_it() {
        for written in ["04/05/2026", "4/5/2026", "04.05.2026", "04-05-2026", "4 5 2026", " 04 / 05 / 2026 "]
        {
            assert_eq!(typed_date(written), Some(day("2026-05-04")), "{written}");
        }
        assert_eq!(typed_date("14/07/1995"), Some(day("1995-07-14")));
        for strange in
            ["31/02/2026", "04/05/26", "5/13/2026", "004/05/2026", "4/5", "4/5/2026/1", "a/b/2026", "//"]
        {
            assert_eq!(typed_date(strange), None, "{strange}");
        }
    }

    #[test]
    fn months_clamp_to_the_last_day() {
        assert_eq!(add_months(day("2026-08-31"), 6), day("2027-02-28"));
        assert_eq!(add_months(day("2024-02-29"), 24), day("2026-02-28"));
    }

    #[test]
    fn age_changes_on_the_birthday() {
        assert_eq!(age(day("1976-05-02"), day("2026-05-01")), 49);
        assert_eq!(age(day("1976-05-02"), day("2026-05-02")), 50);
        assert_eq!(age(day("2004-02-29"), day("2026-02-28")), 21);
    }

    #[test]
    fn days_left_excludes_the_past_and_counts_today() {
        let period = Period { start: day("2026-01-01"), end: day("2026-01-10") };
        assert_eq!(period.days_left(day("2025-12-25")), 10);
        assert_eq!(period.days_left(day("2026-01-01")), 10);
        assert_eq!(period.days_left(day("2026-01-10")), 1);
        assert_eq!(period.days_left(day("2026-01-11")), 0);
    }
}
