//! Where something was made, when its structure is another one since: for pages of applications and of PASS.

use chrono::NaiveDate;
use iae_domain::organisations::succession::SuccessionKind;
use serde::Deserialize;

/// Where an application was made, when a merger or a split gave it to another structure: `first_structure_of` of the schema.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct FirstStructure {
    /// What the structure is called.
    pub name: String,
    /// The SIRET it had.
    pub siret: Option<String>,
    /// What happened to it.
    pub kind: SuccessionKind,
    /// The day that took effect.
    pub effective_on: NaiveDate,
}
