//! A date of birth, and the ages the service takes.

use std::fmt;

use chrono::NaiveDate;

use crate::time::add_months;

/// The service is for people over this age (CON-4); the 16th birthday itself is refused.
pub const MINIMUM_AGE_YEARS: u32 = 16;
/// Older than this, it is a typing mistake (CON-4); the 100th birthday itself is accepted.
pub const MAXIMUM_AGE_YEARS: u32 = 100;

/// A date of birth within the ages the service takes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct BirthDate(NaiveDate);

/// Why a date of birth is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AgeRefused {
    /// Not over 16 today.
    #[error("not over 16")]
    Under16,
    /// Over 100 today.
    #[error("over 100")]
    Over100,
    /// After today.
    #[error("in the future")]
    Future,
}

impl BirthDate {
    /// Checks the age on `today` (CON-4).
    pub fn new(born: NaiveDate, today: NaiveDate) -> Result<Self, AgeRefused> {
        if add_months(born, MAXIMUM_AGE_YEARS * 12) < today {
            Err(AgeRefused::Over100)
        } else if born > today {
            Err(AgeRefused::Future)
        } else if add_months(born, MINIMUM_AGE_YEARS * 12) >= today {
            Err(AgeRefused::Under16)
        } else {
            Ok(Self(born))
        }
    }

    /// A date that was checked when it was written.
    pub const fn known(born: NaiveDate) -> Self {
        Self(born)
    }

    /// The date.
    pub const fn date(self) -> NaiveDate {
        self.0
    }
}

impl fmt::Debug for BirthDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BirthDate(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// CON-4, both ends.
    #[test]
    fn from_the_day_after_16_to_the_day_of_100() {
        let today = day("2026-03-10");
        for (born, expected) in [
            ("2010-03-11", Err(AgeRefused::Under16)),
            ("2010-03-10", Err(AgeRefused::Under16)),
            ("2010-03-09", Ok(())),
            ("1926-03-10", Ok(())),
            ("1926-03-09", Err(AgeRefused::Over100)),
            ("2026-03-10", Err(AgeRefused::Under16)),
            ("2026-03-11", Err(AgeRefused::Future)),
            ("2030-01-01", Err(AgeRefused::Future)),
            ("0001-01-01", Err(AgeRefused::Over100)),
        ] {
            assert_eq!(BirthDate::new(day(born), today).map(|_| ()), expected, "{born}");
        }
    }

    #[test]
    fn a_birth_date_never_shows_in_debug_output() {
        assert_eq!(format!("{:?}", BirthDate::known(day("1985-05-02"))), "BirthDate(…)");
    }
}
