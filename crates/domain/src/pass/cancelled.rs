//! A PASS goes with the only hire that rested on it; its archive stays (rule book 03 §4.12).

use chrono::{DateTime, NaiveDate, Utc};

use super::event::{PassChange, PassEvent};
use super::prolongation::Addressed;
use super::{Pass, PassNumber};
use crate::Changed;
use crate::ids::{ApplicationId, CandidateId, PassId, ProlongationRequestId};
use crate::time::{Period, add_days};

/// Days after its last one, and after its cancellation, during which a cancelled PASS still says whose it was.
pub const ARCHIVE_DAYS: u64 = 730;

/// A PASS that goes: its archive is written first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CancelledPass {
    /// The PASS, as it was.
    pub pass: Pass,
    /// The hire that was cancelled.
    pub application: ApplicationId,
}

/// A PASS that is no more, as those it concerned are told.
#[derive(Debug, Clone)]
pub struct CancelledNotice {
    /// Its number.
    pub number: PassNumber,
    /// When it was cancelled.
    pub cancelled_at: DateTime<Utc>,
    /// By whom; none for who does not read the names of the company.
    pub by: Option<String>,
    /// Whether the team cancelled it.
    pub by_team: bool,
    /// The company that had hired.
    pub company_name: String,
    /// The hire that was cancelled, for who reads it.
    pub application: Option<ApplicationId>,
}

/// What stays of a cancelled PASS.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Archive {
    /// Its id while it existed.
    pub pass: PassId,
    /// Its number, never given again.
    pub number: PassNumber,
    /// Whose it was.
    pub candidate: CandidateId,
    /// Its days.
    pub period: Period,
    /// When it was cancelled.
    pub cancelled_on: NaiveDate,
}

impl Pass {
    /// It goes with this hire; those who were asked to prolong it are told.
    pub(crate) fn cancelled_with(
        self,
        application: ApplicationId,
        asked: Vec<(ProlongationRequestId, Addressed)>,
    ) -> Changed<CancelledPass> {
        let change = PassChange::Cancelled { application, period: self.period(), asked };
        let event = PassEvent { pass: self.id, candidate: self.candidate, change };
        Changed::new(CancelledPass { pass: self, application }, event)
    }
}

impl Archive {
    /// Nothing says any more whose it was, once its last day is old enough; none before.
    pub fn anonymise(self, today: NaiveDate) -> Option<Changed<PassNumber>> {
        let last = self.period.end.max(self.cancelled_on);
        let is_due = add_days(last, ARCHIVE_DAYS) <= today;
        let event = PassEvent { pass: self.pass, candidate: self.candidate, change: PassChange::Anonymised };
        is_due.then(|| Changed::new(self.number, event))
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::pass;
    use super::*;

    /// Rule book 03 §4.12, §9.
    #[test]
    fn an_archive_says_whose_it_was_until_730_days_after_its_last_day() {
        let Pass { id, number, candidate, .. } = pass("2024-01-01", "2025-12-30");
        let period = Period { start: "2024-01-01".parse().unwrap(), end: "2025-12-30".parse().unwrap() };
        let archive = |cancelled_on: &str| Archive {
            pass: id,
            number: number.clone(),
            candidate,
            period,
            cancelled_on: cancelled_on.parse().unwrap(),
        };
        for (cancelled_on, today, expected, rule) in [
            ("2024-02-01", "2025-12-30", false, "its last day"),
            ("2024-02-01", "2027-12-29", false, "729 days after"),
            ("2024-02-01", "2027-12-30", true, "730 days after"),
            ("2026-02-01", "2028-01-31", false, "cancelled once over: France Travail is still to be told"),
            ("2026-02-01", "2028-02-01", true, "730 days after its cancellation"),
        ] {
            let anonymised = archive(cancelled_on).anonymise(today.parse().unwrap());
            assert_eq!(anonymised.is_some(), expected, "on {today}: {rule}");
        }
    }
}
