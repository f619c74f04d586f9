//! Authorised prescribers: the directory, their cards, and whether an organisation is one of them (PRE-28; guide P2 §1.1).

pub mod queries;

use chrono::NaiveDate;
use iae_domain::directory::{Distance, Position};
use iae_domain::organisations::PrescriberKind;

/// Results of a page of the directory.
pub const PRESCRIBERS_PER_PAGE: i64 = 20;
/// Organisations answered at most to whoever asks whether theirs is authorised: more are narrowed down.
pub const ANSWERS: usize = 20;

/// Which authorised prescribers are looked for.
#[derive(Debug, Clone, PartialEq)]
pub struct PrescriberSearch {
    /// Around where.
    pub around: Option<(Position, Distance)>,
    /// Of which département.
    pub department: Option<String>,
    /// Of which kind.
    pub kind: Option<PrescriberKind>,
    /// The day it is: the right that a prefect gives ends one day.
    pub today: NaiveDate,
    /// How many pages come before.
    pub pages_before: i64,
}
