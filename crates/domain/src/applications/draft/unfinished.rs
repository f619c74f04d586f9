//! What was typed at the eligibility step and not validated.

use serde::{Deserialize, Serialize};

use crate::candidates::{Assessment, SituationPoint};
use crate::eligibility::Criterion;

/// What was typed at the eligibility step by who went on without validating it: as it was typed, mistakes included, for its
/// author alone. It is no diagnosis, and leaves with no application.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnfinishedDiagnosis {
    /// Criteria ticked.
    criteria: Vec<Criterion>,
    /// Points something is said of.
    points: Vec<SituationPoint>,
}

impl UnfinishedDiagnosis {
    /// What there is to keep of what was typed.
    pub fn of(criteria: Vec<Criterion>, points: impl IntoIterator<Item = SituationPoint>) -> Self {
        let says = |point: &SituationPoint| {
            point.assessment != Assessment::NotDiscussed || !point.note.trim().is_empty()
        };
        Self { criteria, points: points.into_iter().filter(says).collect() }
    }

    /// Nothing was typed.
    pub const fn is_empty(&self) -> bool {
        self.criteria.is_empty() && self.points.is_empty()
    }

    /// Criteria ticked.
    pub fn criteria(&self) -> &[Criterion] {
        &self.criteria
    }

    /// Points something is said of.
    pub fn points(&self) -> &[SituationPoint] {
        &self.points
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::candidates::Topic;

    #[test]
    fn what_says_nothing_is_not_kept() {
        let point = |topic, assessment, note: &str| SituationPoint {
            topic,
            assessment,
            note: note.to_owned(),
            shared: true,
        };
        let silent = point(Topic::Housing, Assessment::NotDiscussed, " \n");
        assert!(UnfinishedDiagnosis::of(vec![], [silent.clone()]).is_empty());
        let noted = point(Topic::Mobility, Assessment::NotDiscussed, "Pas de permis");
        let assessed = point(Topic::Career, Assessment::Obstacle, "");
        let kept = UnfinishedDiagnosis::of(vec![], [silent, noted.clone(), assessed.clone()]);
        assert_eq!(
            kept.points(),
            [noted, assessed],
            "mistakes are kept: they are corrected when it is validated"
        );
    }
}
