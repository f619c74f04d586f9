//! The provider's time. Nothing else in the crate reads the system clock.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, TimeDelta, Utc};

/// Where "now" comes from.
#[derive(Clone, Debug)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// A clock that only moves when told to; its clones move together.
    Fixed(FixedClock),
}

impl Clock {
    /// A clock stopped at `at`.
    pub fn fixed(at: DateTime<Utc>) -> Self {
        Self::Fixed(FixedClock(Arc::new(AtomicI64::new(at.timestamp_micros()))))
    }

    /// The present instant, to the microsecond, as Postgres keeps it.
    pub fn now(&self) -> DateTime<Utc> {
        let micros = match self {
            Self::System => {
                #[expect(clippy::disallowed_methods, reason = "the one place that reads the system clock")]
                let now = Utc::now();
                now.timestamp_micros()
            }
            Self::Fixed(clock) => clock.0.load(Ordering::SeqCst),
        };
        DateTime::from_timestamp_micros(micros).unwrap_or_default()
    }
}

/// A stopped clock, in microseconds since 1970.
#[derive(Clone, Debug)]
pub struct FixedClock(Arc<AtomicI64>);

impl FixedClock {
    /// Moves the clock forward.
    pub fn advance(&self, by: TimeDelta) {
        self.0.fetch_add(by.num_microseconds().unwrap_or_default(), Ordering::SeqCst);
    }
}
