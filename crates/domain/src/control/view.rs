//! Which campaigns, and which of their controls, are in view (rule book 04 §1.19).

use super::sanction::Withdrawal;
use crate::time::{Period, paris_date, sub_months};
use chrono::{DateTime, Datelike as _, NaiveDate, Utc};

/// Months during which a campaign that ended stays in view.
const IN_VIEW_MONTHS: u32 = 36;
/// The campaigns of contracts of the years before were trials.
const FIRST_YEAR: i32 = 2022;

/// The first day a campaign may have ended on, for one that is in view.
pub fn in_view_since(today: NaiveDate) -> NaiveDate {
    sub_months(today, IN_VIEW_MONTHS)
}

/// Whether a campaign is in view: it is open, or ended within three years, and was no trial.
pub fn is_in_view(hired: Period, ended_at: Option<DateTime<Utc>>, today: NaiveDate) -> bool {
    let since = in_view_since(today);
    hired.end.year() >= FIRST_YEAR && ended_at.is_none_or(|ended| paris_date(ended) >= since)
}

/// Whether the control of an SIAE is in view: its campaign is, or the withdrawal that its decision in force holds is not over. What
/// applies is read for as long as it does (§1.16).
pub fn is_control_in_view(
    hired: Period,
    ended_at: Option<DateTime<Utc>>,
    withdrawal: Option<Withdrawal>,
    today: NaiveDate,
) -> bool {
    let is_over = |days: Withdrawal| days.to.is_some_and(|last| last < today);
    is_in_view(hired, ended_at, today) || withdrawal.is_some_and(|days| !is_over(days))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_campaign_is_in_view_for_three_years_after_its_end() {
        let day = |text: &str| -> NaiveDate { text.parse().unwrap() };
        for (hired_to, ended_on, expected) in [
            ("2025-12-31", None, true),
            ("2022-01-01", None, true),
            ("2021-12-31", None, false),
            ("2022-12-31", Some("2023-11-28"), true),
            ("2022-12-31", Some("2023-11-27"), false),
        ] {
            let hired = Period { start: day("2021-01-01"), end: day(hired_to) };
            let ended = ended_on.map(|text: &str| day(text).and_hms_opt(10, 0, 0).unwrap().and_utc());
            assert_eq!(is_in_view(hired, ended, day("2026-11-28")), expected, "{hired_to} {ended_on:?}");
        }
    }

    #[test]
    fn a_control_is_in_view_as_long_as_its_withdrawal_is_not_over() {
        let day = |text: &str| -> NaiveDate { text.parse().unwrap() };
        let hired = Period { start: day("2022-01-01"), end: day("2022-12-31") };
        let withdrawal = |from, to: Option<&str>| Some(Withdrawal { from: day(from), to: to.map(day) });
        for (ended_on, withdrawal, expected) in [
            ("2023-11-27", None, false),
            ("2023-11-27", withdrawal("2024-02-01", None), true),
            ("2023-11-27", withdrawal("2027-02-01", Some("2027-06-30")), true),
            ("2023-11-27", withdrawal("2024-02-01", Some("2026-11-28")), true),
            ("2023-11-27", withdrawal("2024-02-01", Some("2026-11-27")), false),
            ("2023-11-28", withdrawal("2024-02-01", Some("2026-11-27")), true),
            ("2023-11-28", None, true),
        ] {
            let ended = Some(day(ended_on).and_hms_opt(10, 0, 0).unwrap().and_utc());
            let is_in_view = is_control_in_view(hired, ended, withdrawal, day("2026-11-28"));
            assert_eq!(is_in_view, expected, "{ended_on} {withdrawal:?}");
        }
    }
}
