//! A day and an hour as the team types them, on the clock of Paris.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeZone as _, Utc};
use chrono_tz::Europe::Paris;

/// The instant when the clock of Paris shows this, the first of two; none when it never does, the night it is put forward.
pub fn paris_instant(day: NaiveDate, time: NaiveTime) -> Option<DateTime<Utc>> {
    Paris.from_local_datetime(&day.and_time(time)).earliest().map(|at| at.to_utc())
}

/// The hour someone typed: 8, 8h, 8:30, 08 h 30.
pub fn typed_time(text: &str) -> Option<NaiveTime> {
    let text = text.trim().to_lowercase();
    let mut parts = text.splitn(2, ['h', ':']);
    let hour = number(parts.next()?)?;
    let minute = match parts.next().map(str::trim) {
        None | Some("") => 0,
        Some(minute) => number(minute)?,
    };
    NaiveTime::from_hms_opt(hour, minute, 0)
}

fn number(text: &str) -> Option<u32> {
    let text = text.trim();
    let is_number = (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}
