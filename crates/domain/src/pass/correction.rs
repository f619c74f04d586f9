//! The team moves the first day of a PASS (rule book 03 §4.7).

use chrono::{Days, NaiveDate};

use super::event::{Counsellor, PassChange, PassEvent, Told};
use super::{HeldPass, Parcours, Pass};
use crate::Changed;
use crate::code::code;
use crate::ids::{OrganisationId, PassCorrectionId};
use crate::time::Period;

/// How many days a correction may move the first day, one way or the other: what is further is typed by mistake.
pub const CORRECTION_MAX_DAYS: u64 = 730;

/// How long an explanation may be, in characters.
pub const CORRECTION_MAX_CHARS: usize = 1000;

code! {
    /// Why the team corrects the dates of a PASS.
    CorrectionReason {
        ContractStart = "contract_start", "Le contrat a commencé un autre jour que celui qui avait été indiqué";
        TypingMistake = "typing_mistake", "La date a été mal saisie à l’embauche ou à la délivrance";
        Other = "other", "Autre raison, précisée plus bas";
    }
}

/// What the team asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correct {
    /// The first day the PASS is to have.
    pub starts_on: NaiveDate,
    /// Why.
    pub reason: CorrectionReason,
    /// The same in words, for the team.
    pub explanation: String,
    /// The days that were shown; none before anything was (D32).
    pub seen: Option<Period>,
}

/// A PASS whose days were moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Corrected {
    /// Id of the correction.
    pub id: PassCorrectionId,
    /// The PASS, moved.
    pub pass: Pass,
    /// Its days before.
    pub from: Period,
    /// Why.
    pub reason: CorrectionReason,
    /// The same in words.
    pub explanation: String,
}

impl AsRef<Pass> for Corrected {
    fn as_ref(&self) -> &Pass {
        &self.pass
    }
}

/// Why the first day of a PASS is not moved there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotCorrectable {
    /// An employee record with its number is ready, sent or processed.
    #[error("an employee record carries the number of the PASS")]
    EmployeeRecord,
    /// It was closed early: its last day was decided.
    #[error("the PASS was closed")]
    Closed,
    /// It starts that day.
    #[error("the PASS starts that day")]
    Unchanged,
    /// The day is further from its first day than a mistake puts it.
    #[error("the first day is between {earliest} and {latest}")]
    TooFar {
        /// First day it may have.
        earliest: NaiveDate,
        /// Last day it may start.
        latest: NaiveDate,
    },
    /// A suspension or a prolongation starts before.
    #[error("a suspension or a prolongation starts on {start}")]
    AfterItsFirstChange {
        /// When the first of them starts.
        start: NaiveDate,
    },
    /// A suspension would start after the end of the PASS.
    #[error("the suspension of {start} would start after the end, {end}")]
    EndsBeforeSuspension {
        /// When the suspension starts.
        start: NaiveDate,
        /// When the PASS would end.
        end: NaiveDate,
    },
    /// The PASS would end before the end one of its prolongations was given for, and none could follow it any more.
    #[error("the PASS would end on {end}, before the end it was prolonged until, {until}")]
    EndsBeforeProlongation {
        /// Until when it was prolonged.
        until: NaiveDate,
        /// When the PASS would end.
        end: NaiveDate,
    },
    /// The days are in part those of another PASS of the person (I6).
    #[error("the days overlap another PASS of the person")]
    Overlaps {
        /// The days of the other.
        other: Period,
    },
    /// The PASS has other days than those that were shown (D32).
    #[error("the PASS has other days by now")]
    Moved,
}

impl Parcours {
    /// The same parcours, all its issued days moved with the first.
    fn shifted(&self, start: NaiveDate) -> Self {
        let issued = self.issued_period();
        self.issued_for(Period { start, end: issued.end + (start - issued.start) })
    }
}

impl HeldPass {
    /// What becomes of the parcours when the PASS starts on `start`: its end moves by as many days; what happened to it
    /// stays where it is, and still happens to it.
    pub fn may_correct(
        &self,
        start: NaiveDate,
        has_employee_record: bool,
    ) -> Result<Parcours, NotCorrectable> {
        let parcours = &self.pass.parcours;
        if has_employee_record {
            return Err(NotCorrectable::EmployeeRecord);
        }
        if parcours.closed_on().is_some() {
            return Err(NotCorrectable::Closed);
        }
        if start == parcours.start() {
            return Err(NotCorrectable::Unchanged);
        }
        let changes = parcours.suspensions().iter().chain(parcours.prolongations());
        if let Some(first) = changes.map(|change| change.start).min().filter(|first| start > *first) {
            return Err(NotCorrectable::AfterItsFirstChange { start: first });
        }
        let now = parcours.start();
        let (earliest, latest) = (now - Days::new(CORRECTION_MAX_DAYS), now + Days::new(CORRECTION_MAX_DAYS));
        if start < earliest || start > latest {
            return Err(NotCorrectable::TooFar { earliest, latest });
        }
        let moved = parcours.shifted(start);
        let end = moved.end();
        if let Some(last) = moved.suspensions().last().filter(|last| last.start > end) {
            return Err(NotCorrectable::EndsBeforeSuspension { start: last.start, end });
        }
        if let Some(last) = moved.prolongations().last().filter(|last| last.end > end) {
            return Err(NotCorrectable::EndsBeforeProlongation { until: last.end, end });
        }
        let others = self.passes.iter().filter(|other| other.id != self.pass.id);
        match others.map(Pass::period).find(|other| other.overlaps(moved.period())) {
            Some(other) => Err(NotCorrectable::Overlaps { other }),
            None => Ok(moved),
        }
    }

    /// The SIAE that hired last under this PASS, which is not always the one that counts for the holder: two never have a day in
    /// common.
    fn last_employer(&self) -> Option<OrganisationId> {
        let of_pass = self.hires.iter().filter(|hire| self.pass.period().contains(hire.starts_on));
        let last = of_pass.max_by_key(|hire| (hire.accepted_at, hire.starts_on));
        last.or_else(|| self.last_hire().filter(|_| self.passes.len() == 1)).map(|hire| hire.company)
    }

    /// Moves it, when its days are still those that were shown. The person, who accompanies them and the SIAE that hired last
    /// under it are told, as of a suspension.
    pub fn correct(
        &self,
        command: Correct,
        has_employee_record: bool,
        id: PassCorrectionId,
        counsellor: Option<Counsellor>,
    ) -> Result<Changed<Corrected>, NotCorrectable> {
        let from = self.pass.period();
        if command.seen.is_some_and(|seen| seen != from) {
            return Err(NotCorrectable::Moved);
        }
        let parcours = self.may_correct(command.starts_on, has_employee_record)?;
        let Correct { reason, explanation, .. } = command;
        let company = self.last_employer();
        let told = Told { counsellor, company, answers: None };
        let change = PassChange::Corrected { from, to: parcours.period(), reason, told };
        let event = PassEvent { pass: self.pass.id, candidate: self.pass.candidate, change };
        let pass = Pass { parcours, ..self.pass.clone() };
        Ok(Changed::new(Corrected { id, pass, from, reason, explanation }, event))
    }
}

#[cfg(test)]
mod tests;
