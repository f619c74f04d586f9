//! The parcours a PASS counts, computed from all that made it: its end, its state and the days left are said here and
//! nowhere else; what is stored of them is a cache (rule book 03 §4.4, §4.8, §4.9).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::validity::{PassState, default_end};
use crate::time::{Period, add_days};

/// What a PASS was issued for, and all that happened to its dates since.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parcours {
    /// What was issued: 730 days, or the length typed by the team (rule book 03 §4.3, §4.10).
    issued: Period,
    /// Days during which it does not run, in order, none shared.
    suspensions: Vec<Period>,
    /// Days added to it, in order: each from the end of the PASS when it was prolonged to the end it was given.
    prolongations: Vec<Period>,
    /// Its last day, when it was closed early (rule book 03 §4.13).
    closed_on: Option<NaiveDate>,
}

/// How far a suspension or a prolongation moves the end of a PASS. Of a suspension, one day less than it has: its first day
/// is a day of parcours (rule book 03 §4.9, W1).
pub fn pushes_back(period: Period) -> u64 {
    u64::try_from((period.end - period.start).num_days()).unwrap_or(0)
}

impl Parcours {
    /// A PASS issued for these days, to which nothing happened.
    pub const fn issued(period: Period) -> Self {
        Self { issued: period, suspensions: Vec::new(), prolongations: Vec::new(), closed_on: None }
    }

    /// A PASS issued for a contract that starts on `start`.
    pub fn starting(start: NaiveDate) -> Self {
        Self::issued(Period { start, end: default_end(start) })
    }

    /// With one suspension more.
    #[must_use]
    pub fn with_suspension(mut self, suspension: Period) -> Self {
        self.suspensions.push(suspension);
        self.suspensions.sort_by_key(|suspension| suspension.start);
        self
    }

    /// As if the suspension that starts on this day had not been.
    #[must_use]
    pub fn without_suspension(mut self, start: NaiveDate) -> Self {
        self.suspensions.retain(|other| other.start != start);
        self
    }

    /// With one prolongation more.
    #[must_use]
    pub fn with_prolongation(mut self, prolongation: Period) -> Self {
        self.prolongations.push(prolongation);
        self.prolongations.sort_by_key(|prolongation| prolongation.start);
        self
    }

    /// Closed early, that day being the last: what was to come of its suspensions and prolongations is not, what runs is cut
    /// (rule book 03 §4.13).
    #[must_use]
    pub fn closed(mut self, on: NaiveDate) -> Self {
        for periods in [&mut self.suspensions, &mut self.prolongations] {
            periods.retain(|period| period.start < on);
            for period in periods {
                period.end = period.end.min(on);
            }
        }
        self.closed_on = Some(on);
        self
    }

    /// First day.
    pub const fn start(&self) -> NaiveDate {
        self.issued.start
    }

    /// Last day: what was issued, pushed back by each suspension and each prolongation; that of its closure for one closed
    /// early (rule book 03 §4.9, §4.13).
    pub fn end(&self) -> NaiveDate {
        let pushed: u64 = self.suspensions.iter().chain(&self.prolongations).copied().map(pushes_back).sum();
        self.closed_on.unwrap_or_else(|| add_days(self.issued.end, pushed))
    }

    /// First and last day.
    pub fn period(&self) -> Period {
        Period { start: self.start(), end: self.end() }
    }

    /// What was issued, before anything moved its end.
    pub const fn issued_period(&self) -> Period {
        self.issued
    }

    /// Its suspensions, in the order of their days.
    pub fn suspensions(&self) -> &[Period] {
        &self.suspensions
    }

    /// Its prolongations, in the order of their days.
    pub fn prolongations(&self) -> &[Period] {
        &self.prolongations
    }

    /// Its last day, when it was closed early.
    pub const fn closed_on(&self) -> Option<NaiveDate> {
        self.closed_on
    }

    /// Days added by all prolongations, whatever their reason (rule book 03 §6.4, `used`).
    pub fn prolonged_days(&self) -> u64 {
        self.prolongations.iter().copied().map(pushes_back).sum()
    }

    /// The suspension `day` falls in.
    pub fn suspended_on(&self, day: NaiveDate) -> Option<Period> {
        self.suspensions.iter().copied().find(|suspension| suspension.contains(day))
    }

    /// State on `today`, in the order of rule book 03 §4.4.
    pub fn state(&self, today: NaiveDate) -> PassState {
        if today > self.end() {
            PassState::Expired
        } else if self.suspended_on(today).is_some() {
            PassState::Suspended
        } else if self.start() <= today {
            PassState::Valid
        } else {
            PassState::Future
        }
    }

    /// « Valid PASS » everywhere: its last day counts, and so does one that has not started or is suspended (rule book 03
    /// §4.4).
    pub fn is_valid(&self, today: NaiveDate) -> bool {
        today <= self.end()
    }

    /// Days of parcours from `today` on: what is suspended is not counted (rule book 03 §4.8).
    pub fn remaining_days(&self, today: NaiveDate) -> u64 {
        let suspended: i64 = self.suspensions.iter().map(|suspension| suspension.days_left(today)).sum();
        u64::try_from(self.period().days_left(today) - suspended).unwrap_or(0)
    }

    /// The last day, were the parcours to run from `today` on without stopping: said of a PASS that is neither suspended nor
    /// expired (rule book 03 §4.8).
    pub fn estimated_end(&self, today: NaiveDate) -> Option<NaiveDate> {
        if matches!(self.state(today), PassState::Suspended | PassState::Expired) {
            return None;
        }
        let from = self.start().max(today);
        let last = add_days(from, self.remaining_days(today)).pred_opt()?;
        Some(last.min(self.end()))
    }

    /// The same parcours, issued to start on `start`: its end is computed again, not shifted (rule book 03 §4.7).
    pub(super) fn moved(&self, start: NaiveDate) -> Self {
        self.issued_for(Period { start, end: default_end(start) })
    }

    /// The same parcours, issued for other days.
    pub(super) fn issued_for(&self, issued: Period) -> Self {
        Self { issued, ..self.clone() }
    }
}

#[cfg(test)]
pub(in crate::pass) mod tests;
