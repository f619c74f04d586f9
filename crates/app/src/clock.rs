//! The time. Read in two places only: where a request becomes a `Ctx`, and where a job starts.

use std::sync::{Arc, RwLock};

use chrono::{DateTime, TimeDelta, Utc};

/// A source of time.
#[derive(Debug, Clone)]
pub enum Clock {
    /// The system's time.
    System,
    /// A time that moves only when told to, for tests.
    Fixed(Arc<RwLock<DateTime<Utc>>>),
}

impl Clock {
    /// A clock stopped at `now`.
    pub fn fixed(now: DateTime<Utc>) -> Self {
        Self::Fixed(Arc::new(RwLock::new(now)))
    }

    /// The current time, cut to the microsecond Postgres keeps.
    pub fn now(&self) -> DateTime<Utc> {
        let now = match self {
            #[expect(clippy::disallowed_methods, reason = "the one reading of the system time")]
            Self::System => Utc::now(),
            Self::Fixed(now) => *now.read().unwrap_or_else(std::sync::PoisonError::into_inner),
        };
        DateTime::from_timestamp_micros(now.timestamp_micros()).unwrap_or(now)
    }

    /// Moves a stopped clock forward; the system's clock does not move.
    pub fn advance(&self, by: TimeDelta) {
        if let Self::Fixed(now) = self {
            let mut now = now.write().unwrap_or_else(std::sync::PoisonError::into_inner);
            *now += by;
        }
    }
}
