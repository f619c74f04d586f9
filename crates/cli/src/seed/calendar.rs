//! When things happen: office hours, Mondays, the rush of January and September, the sleep of August.

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, TimeDelta, Utc, Weekday};
use iae_domain::time::paris_midnight;

use super::random::Random;

/// The days the demonstration tells of: everything happened before today.
#[derive(Debug, Clone, Copy)]
pub struct Calendar {
    /// The day the data is loaded.
    pub today: NaiveDate,
}

impl Calendar {
    /// The day so many days ago; a negative number is in the future.
    pub fn ago(self, days: i64) -> NaiveDate {
        self.today - TimeDelta::days(days)
    }

    /// When everyone read the welcome and the terms of the service: nobody who tries the data has to.
    pub fn read_at(self) -> DateTime<Utc> {
        paris_midnight(self.today)
    }

    /// The last day anything happened.
    pub fn yesterday(self) -> NaiveDate {
        self.ago(1)
    }

    /// A moment of office hours of that day, or of the working day next to it; never later than yesterday.
    pub fn moment(self, rng: &mut Random, day: NaiveDate) -> DateTime<Utc> {
        let day = self.working_day(day.min(self.yesterday()));
        let seconds = 7 * 3600 + rng.below(9 * 3600);
        let time = NaiveTime::from_num_seconds_from_midnight_opt(seconds, rng.below(1000) * 1_000_000);
        day.and_time(time.unwrap_or_default()).and_utc()
    }

    /// A moment between `newest` and `oldest` days ago.
    pub fn moment_ago(self, rng: &mut Random, newest: i64, oldest: i64) -> DateTime<Utc> {
        let day = self.ago(rng.between(newest, oldest));
        self.moment(rng, day)
    }

    /// What the week-end leaves is done on Monday or Tuesday, or on Friday when these have not come.
    fn working_day(self, day: NaiveDate) -> NaiveDate {
        let (next, friday) = match day.weekday() {
            Weekday::Sat => (3, 1),
            Weekday::Sun => (1, 2),
            _ => return day,
        };
        let next = day + TimeDelta::days(next);
        if next <= self.yesterday() { next } else { day - TimeDelta::days(friday) }
    }

    /// A moment `low` to `high` days after another; none when it has not come yet.
    pub fn after(self, rng: &mut Random, at: DateTime<Utc>, low: i64, high: i64) -> Option<DateTime<Utc>> {
        let day = at.date_naive() + TimeDelta::days(rng.between(low, high));
        let minutes = TimeDelta::minutes(rng.between(7, 80));
        (day <= self.yesterday()).then(|| self.moment(rng, day).max(at + minutes))
    }

    /// A day between `oldest` and `newest` days ago, more often a busy one.
    pub fn busy_day(self, rng: &mut Random, newest: i64, oldest: i64) -> NaiveDate {
        let mut day = self.ago(rng.between(newest, oldest));
        for _ in 0..6 {
            let kept = match day.month() {
                1 | 9 => 1000,
                8 => 250,
                12 => 550,
                _ => 720,
            };
            if rng.chance(kept) {
                break;
            }
            day = self.ago(rng.between(newest, oldest));
        }
        day
    }
}
