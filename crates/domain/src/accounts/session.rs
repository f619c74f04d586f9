//! How long a session of the platform lasts (SES-13).

use chrono::{DateTime, Datelike as _, Days, TimeDelta, Utc};

use crate::time::{paris_date, paris_midnight};

/// The most a session lasts, whatever is done with it.
const LONGEST: TimeDelta = TimeDelta::days(7);

/// What is left of every session on Monday at midnight.
const ON_MONDAY: TimeDelta = TimeDelta::hours(1);

/// How long a session is kept without a single page being asked for: a working day and its lunch, not the night after.
/// The rule book sets none; a form typed before is kept for its author (ADR 23).
pub const IDLE: TimeDelta = TimeDelta::hours(10);

/// The end of a session opened at `opened`, set once: seven days later, or an hour into the next Monday of Paris.
pub fn ends_at(opened: DateTime<Utc>) -> DateTime<Utc> {
    let day = paris_date(opened);
    let to_monday = Days::new(7 - u64::from(day.weekday().num_days_from_monday()));
    let monday = day.checked_add_days(to_monday).map(|monday| paris_midnight(monday) + ON_MONDAY);
    let latest = opened + LONGEST;
    monday.map_or(latest, |monday| monday.min(latest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_ends_after_seven_days_or_an_hour_into_monday() {
        let table = [
            // Opened, ends: in Paris, UTC+2 in summer and UTC+1 in winter.
            ("2026-05-04T09:00:00Z", "2026-05-10T23:00:00Z", "Monday morning: the next Monday"),
            ("2026-05-08T16:00:00Z", "2026-05-10T23:00:00Z", "Friday"),
            ("2026-05-10T21:59:59Z", "2026-05-10T23:00:00Z", "Sunday, a second before midnight"),
            ("2026-05-10T22:00:00Z", "2026-05-17T22:00:00Z", "Monday at midnight: seven days come first"),
            ("2026-05-10T22:30:00Z", "2026-05-17T22:30:00Z", "Monday, half past midnight: seven days later"),
            ("2026-05-10T23:30:00Z", "2026-05-17T23:00:00Z", "Monday, half past one"),
            ("2026-10-23T10:00:00Z", "2026-10-26T00:00:00Z", "the week when winter time begins"),
        ];
        for (opened, ends, which) in table {
            assert_eq!(ends_at(opened.parse().unwrap()), ends.parse::<DateTime<Utc>>().unwrap(), "{which}");
        }
    }
}
