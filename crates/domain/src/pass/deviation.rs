//! What is wrong with a PASS that is stored: `iae doctor` holds each against its own parcours.

use std::fmt;

use chrono::NaiveDate;

use super::Parcours;
use super::suspension::latest_end;
use crate::french::{date, period};
use crate::time::Period;

/// Something that should not be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deviation {
    /// The stored end is not that of the parcours (rule book 03 §4.9, I7).
    End {
        /// What is stored.
        stored: NaiveDate,
        /// What the parcours gives.
        expected: NaiveDate,
    },
    /// It ends before it starts, or the same day (I1).
    EndsBeforeStart {
        /// Its first day.
        start: NaiveDate,
        /// Its last day.
        end: NaiveDate,
    },
    /// A suspension starts outside of the parcours (rule book 03 §5.4).
    SuspensionOutside {
        /// Its days.
        suspension: Period,
        /// The days it may start.
        expected: Period,
    },
    /// A suspension lasts more than three years (rule book 03 §5.4).
    SuspensionTooLong {
        /// Its days.
        suspension: Period,
        /// Its last day at most.
        latest: NaiveDate,
    },
    /// Two suspensions share a day (rule book 03 §5.8).
    SuspensionsOverlap {
        /// The first.
        first: Period,
        /// The second.
        second: Period,
    },
    /// Two prolongations share a day other than the end of the first (rule book 03 §6.9).
    ProlongationsOverlap {
        /// The first.
        first: Period,
        /// The second.
        second: Period,
    },
}

impl fmt::Display for Deviation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let days = |one: &Period| period(one.start, one.end);
        match self {
            Self::End { stored, expected } => {
                write!(f, "fin enregistrée le {}, attendue le {}", date(*stored), date(*expected))
            }
            Self::EndsBeforeStart { start, end } => {
                write!(f, "fin le {}, attendue après le {}", date(*end), date(*start))
            }
            Self::SuspensionOutside { suspension, expected } => {
                write!(f, "suspension {}, attendue dans le parcours {}", days(suspension), days(expected))
            }
            Self::SuspensionTooLong { suspension, latest } => {
                write!(f, "suspension {}, attendue jusqu’au {} au plus", days(suspension), date(*latest))
            }
            Self::SuspensionsOverlap { first, second } => {
                write!(f, "suspensions {} et {}, attendues sans jour commun", days(first), days(second))
            }
            Self::ProlongationsOverlap { first, second } => {
                write!(f, "prolongations {} et {}, attendues sans jour commun", days(first), days(second))
            }
        }
    }
}

impl Parcours {
    /// All that is wrong with it, its end being stored as `stored`.
    pub fn deviations(&self, stored: NaiveDate) -> Vec<Deviation> {
        let mut found = Vec::new();
        let Period { start, end } = self.period();
        if stored != end {
            found.push(Deviation::End { stored, expected: end });
        }
        if end <= start {
            found.push(Deviation::EndsBeforeStart { start, end });
        }
        for suspension in self.suspensions().iter().copied() {
            if !self.period().contains(suspension.start) {
                found.push(Deviation::SuspensionOutside { suspension, expected: self.period() });
            }
            let latest = latest_end(suspension.start);
            if suspension.end > latest {
                found.push(Deviation::SuspensionTooLong { suspension, latest });
            }
        }
        found.extend(
            pairs(self.suspensions())
                .filter(|(first, second)| first.overlaps(*second))
                .map(|(first, second)| Deviation::SuspensionsOverlap { first, second }),
        );
        found.extend(
            pairs(self.prolongations())
                .filter(|(first, second)| second.start < first.end)
                .map(|(first, second)| Deviation::ProlongationsOverlap { first, second }),
        );
        found
    }
}

/// Each with the one that follows.
fn pairs(periods: &[Period]) -> impl Iterator<Item = (Period, Period)> + '_ {
    periods.iter().copied().zip(periods.iter().copied().skip(1))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::parcours::tests::{any_parcours, day, period};
    use super::*;
    use crate::time::add_days;

    #[test]
    fn each_deviation_says_what_was_expected() {
        let sound = Parcours::starting(day("2026-01-01"));
        assert_eq!(sound.deviations(day("2027-12-31")), []);
        let longest = sound.clone().with_suspension(period("2026-03-31", "2029-03-30"));
        assert_eq!(longest.deviations(longest.end()), [], "thirty-six months, to the day");
        let twice = sound
            .clone()
            .with_prolongation(period("2027-12-31", "2028-06-30"))
            .with_prolongation(period("2028-06-30", "2028-12-31"));
        assert_eq!(twice.deviations(twice.end()), [], "each from the end of the one before");
        let wrong = sound
            .clone()
            .with_suspension(period("2025-12-01", "2025-12-10"))
            .with_suspension(period("2026-03-01", "2026-03-31"))
            .with_suspension(period("2026-03-31", "2029-04-30"))
            .with_prolongation(period("2028-01-01", "2028-06-01"))
            .with_prolongation(period("2028-05-31", "2028-07-01"));
        let said: Vec<_> = wrong.deviations(day("2027-12-31")).iter().map(ToString::to_string).collect();
        assert_eq!(
            said,
            [
                "fin enregistrée le 31 décembre 2027, attendue le 9 septembre 2031",
                "suspension du 1er décembre au 10 décembre 2025, attendue dans le parcours du 1er janvier 2026 au 9 septembre 2031",
                "suspension du 31 mars 2026 au 30 avril 2029, attendue jusqu’au 30 mars 2029 au plus",
                "suspensions du 1er mars au 31 mars 2026 et du 31 mars 2026 au 30 avril 2029, attendues sans jour commun",
                "prolongations du 1er janvier au 1er juin 2028 et du 31 mai au 1er juillet 2028, attendues sans jour commun",
            ]
        );
        let backwards = Parcours::issued(period("2026-01-01", "2026-01-01"));
        assert_eq!(backwards.deviations(day("2026-01-01")).len(), 1);
    }

    proptest! {
        #[test]
        fn a_stored_end_one_day_off_is_found(parcours in any_parcours(), off in 1_u64..100) {
            let end = parcours.end();
            let says_end = |stored| parcours.deviations(stored).contains(&Deviation::End { stored, expected: end });
            prop_assert!(!says_end(end));
            prop_assert!(says_end(add_days(end, off)));
        }
    }
}
