//! What a list of applications is narrowed to (rule book 02 §10.2).

use chrono::NaiveDate;
use iae_domain::applications::StateCode;

/// The filters of the three lists; an empty one narrows nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filters {
    /// States, any of them.
    pub states: Vec<StateCode>,
    /// Words of the candidate's name, each the start of a first or last name.
    pub name: String,
    /// Départements of the candidates, any of them.
    pub departments: Vec<String>,
    /// Sent on that day or later, in Paris.
    pub from: Option<NaiveDate>,
    /// Sent on that day or earlier, in Paris.
    pub until: Option<NaiveDate>,
    /// Eligibility as the receiving SIAE sees it: `true` valid, `false` to be validated.
    pub eligible: Option<bool>,
}
