//! The public directory: searches around a commune, cards of employers and posts, what the home page counts.

mod applicant;
pub mod changes;
pub mod employers;
pub mod jobs;
mod parameters;
pub mod prescribers;
pub mod queries;
pub mod store;

use chrono::{DateTime, Utc};
use iae_domain::directory::{Filters, Position};

use self::queries::Counts;

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
    /// The beginning of the post codes of a town that has arrondissements: those found are counted too.
    pub district_prefix: Option<&'static str>,
    /// When.
    pub now: DateTime<Utc>,
}

/// A page of what a search finds, and how much there is besides.
#[derive(Debug, Clone, PartialEq)]
pub struct Found<Row, Cursor> {
    /// The results of the page.
    pub rows: Vec<Row>,
    /// Where the next page starts, if there is one.
    pub next: Option<Cursor>,
    /// What both tabs find.
    pub counts: Counts,
}

#[cfg(test)]
mod tests;
