//! What was controlled of an SIAE with a positive result is not kept for long (rule book 04 §1.20).

use chrono::{DateTime, NaiveDate, Utc};

use super::Control;
use crate::Changed;
use crate::control::event::ControlChange;
use crate::control::state::FinalState;
use crate::ids::{ControlCriterionId, ControlHireId, ControlId};
use crate::time::{paris_date, sub_days};

/// Days after the end of its campaign during which what was controlled is kept all the same.
const KEPT_DAYS: u64 = 60;

/// What is deleted of a control, to be written: how many hires there were stays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Archived {
    /// The control.
    pub control: ControlId,
    /// Its hires.
    pub hires: Vec<ControlHireId>,
    /// The criteria defended for them, with their proofs.
    pub criteria: Vec<ControlCriterionId>,
}

/// Campaigns that ended before this day are over for long enough.
pub fn archived_before(today: NaiveDate) -> NaiveDate {
    sub_days(today, KEPT_DAYS)
}

impl Control {
    /// Deletes what was controlled, once its campaign ended long enough ago; none for a negative result, which is kept, nor when it
    /// was done: a control has hires until then.
    pub fn archive(&self, ended_at: DateTime<Utc>, today: NaiveDate) -> Option<Changed<Archived>> {
        let is_old = paris_date(ended_at) < archived_before(today);
        if self.reviewed.final_state != Some(FinalState::Accepted) || !is_old || self.hires.is_empty() {
            return None;
        }
        let hires: Vec<_> = self.hires.iter().map(|hire| hire.id).collect();
        let criteria = self.hires.iter().flat_map(|hire| &hire.criteria).map(|one| one.id).collect();
        let event = self.event(ControlChange::Archived { hires: hires.len() });
        Some(Changed::new(Archived { control: self.id, hires, criteria }, event))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::control::controlled::tests::control;
    use crate::control::state::{HireState, Reviewed};

    /// Closed on 2 March 2026 in Paris, where it is later than in UTC: kept up to 1 May, the sixtieth day.
    #[test]
    fn a_positive_result_is_archived_sixty_days_after_the_end() {
        let ended: DateTime<Utc> = "2026-03-01T23:30:00Z".parse().unwrap();
        let of = |final_state, states: &[HireState]| Control {
            reviewed: Reviewed { final_state, ..Reviewed::default() },
            ..control(states)
        };
        let two = [HireState::Accepted, HireState::Submitted];
        for (control, today, expected) in [
            (of(Some(FinalState::Accepted), &two), "2026-05-01", None),
            (of(Some(FinalState::Accepted), &two), "2026-05-02", Some((2, 2))),
            (of(Some(FinalState::Accepted), &two), "2029-01-01", Some((2, 2))),
            (of(Some(FinalState::Refused), &two), "2029-01-01", None),
            (of(None, &two), "2029-01-01", None),
            (of(Some(FinalState::Accepted), &[]), "2029-01-01", None),
        ] {
            let archived = control.archive(ended, today.parse().unwrap()).map(|changed| {
                let (archived, _) = changed.into_parts();
                (archived.hires.len(), archived.criteria.len())
            });
            assert_eq!(archived, expected, "{today} {:?}", control.reviewed.final_state);
        }
    }
}
