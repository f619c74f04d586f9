//! The public directory: searches around a commune, cards of employers and posts, what the home page counts.

mod applicant;
pub mod employers;
pub mod jobs;
pub mod prescribers;
pub mod queries;
pub mod store;

use chrono::{DateTime, Utc};
use iae_domain::directory::{Filters, Position};

use crate::db::like;

pub use applicant::{Applicant, applicant};

/// Results of a page (amends rule book 04 §4.1: three lines each, they are read at a glance).
pub const RESULTS_PER_PAGE: usize = 20;
/// A count stops here: « plus de 1 000 ».
pub const COUNTED_UP_TO: i64 = 1000;
/// Open posts shown on the card of a result; the others are counted (rule book 04 §4.4).
pub const FIRST_JOBS: i64 = 3;

/// A search around a place.
#[derive(Debug, Clone)]
pub struct Search {
    /// Centre of the commune.
    pub centre: Position,
    /// The rest of what is asked for.
    pub filters: Filters,
    /// When.
    pub now: DateTime<Utc>,
}

impl Search {
    /// The words looked for, each at the beginning of a word, as patterns of `LIKE`.
    fn patterns(&self) -> Vec<String> {
        self.filters.words.iter().map(|word| format!("% {}%", like::escaped(word))).collect()
    }

    /// Whether one plan suits every place: with words, those at hand decide which index finds the fewest rows.
    const fn is_planned_once(&self) -> bool {
        self.filters.words.is_empty()
    }

    fn kind_codes(&self) -> Vec<String> {
        self.filters.kinds.iter().map(|kind| kind.code().to_owned()).collect()
    }
}

#[cfg(test)]
mod tests;
