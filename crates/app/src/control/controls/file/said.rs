//! Words of the pieces.

use std::fmt::Display;

use chrono::{DateTime, Timelike as _, Utc};
use iae_domain::french;
use iae_domain::time::paris_time;

/// « DDETS : DDETS de la Moselle ».
pub(super) fn line(what: &str, said: impl Display) -> String {
    format!("{what}\u{a0}: {said}")
}

/// « 3 mars 2026 à 14 h 05 », on the clock of Paris.
pub(super) fn at(at: DateTime<Utc>) -> String {
    let at = paris_time(at);
    format!("{} à {}\u{a0}h\u{a0}{:02}", french::date(at.date()), at.hour(), at.minute())
}

/// « 1 justificatif », « 2 justificatifs ».
pub(super) fn count(count: usize, one: &str, many: &str) -> String {
    format!("{count}\u{a0}{}", if count < 2 { one } else { many })
}

/// What a hire is called by.
pub(super) fn hire(rank: u16) -> String {
    format!("auto-prescription {rank}")
}
