//! What is ticked.

use iae_domain::control::ControlledHire;
use iae_domain::eligibility::{Criteria, Criterion, Level};
use serde::Deserialize;

use super::super::messages::criteria_conflict;
use crate::forms::FieldErrors;

/// The boxes of level 1.
pub(super) const LEVEL_1: &str = "level_1_criteria";
/// The boxes of level 2.
pub(super) const LEVEL_2: &str = "level_2_criteria";

/// What is posted.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct CriteriaForm {
    level_1_criteria: Vec<String>,
    level_2_criteria: Vec<String>,
    /// The criteria that were chosen when the page was made (D32).
    pub(super) seen: String,
    /// Those whose proof may be deleted, once it was asked.
    pub(super) confirm: String,
}

impl CriteriaForm {
    /// What is chosen already.
    pub(super) fn of(hire: &ControlledHire) -> Self {
        let ticked = |level: Level| {
            let criteria = hire.criteria.iter().map(|one| one.criterion);
            let criteria = criteria.filter(|criterion| criterion.level() == level);
            criteria.map(|criterion| criterion.code().to_owned()).collect()
        };
        Self {
            level_1_criteria: ticked(Level::One),
            level_2_criteria: ticked(Level::Two),
            seen: chosen(hire),
            confirm: String::new(),
        }
    }

    /// The same, made from what is chosen now.
    pub(super) fn seeing(self, hire: &ControlledHire) -> Self {
        Self { seen: chosen(hire), ..self }
    }

    /// The criteria that are ticked.
    pub(super) fn ticked(&self) -> impl Iterator<Item = Criterion> {
        let codes = self.level_1_criteria.iter().chain(&self.level_2_criteria);
        codes.filter_map(|code| Criterion::parse(code))
    }

    /// The choice; `field` is where what is wrong with it is said.
    pub(super) fn parse(&self, field: &'static str) -> Result<Criteria, FieldErrors> {
        Criteria::choose(self.ticked())
            .map_err(|conflict| FieldErrors::one(field, criteria_conflict(conflict)))
    }
}

/// What a hire defends, as a form says it.
pub(super) fn chosen(hire: &ControlledHire) -> String {
    codes(hire.criteria.iter().map(|one| one.criterion))
}

/// Criteria, as a form says them.
pub(super) fn codes(criteria: impl Iterator<Item = Criterion>) -> String {
    criteria.map(Criterion::code).collect::<Vec<_>>().join(",")
}
