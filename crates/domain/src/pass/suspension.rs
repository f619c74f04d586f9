//! Suspensions of a PASS: reasons, dates, what a hire does to one (rule book 03 §5; code du travail, art. R. 5132-1-3).

mod asking;
mod decide;
mod record;
mod refused;

use chrono::NaiveDate;

pub use asking::Asker;
pub use decide::{Asking, EXPLANATION_MAX_CHARS, Effect, Resuspended, SuspensionAct, SuspensionTerms};
pub use record::{Suspension, SuspensionAuthor, SuspensionWrite};
pub use refused::{SuspensionRefused, TermsMistake};

use super::parcours::Parcours;
use super::validity::PassState;
use crate::code::code;
use crate::organisations::CompanyKind;
use crate::time::{Period, add_days, add_months, sub_days};

/// The longest suspension, in calendar months: three years (rule book 03 §5.4).
pub const LONGEST_MONTHS: u32 = 36;

/// How far back a suspension may start, in days before it is recorded (rule book 03 §5.4, step 3).
pub const BACKDATED_DAYS: u64 = 365;

code! {
    /// Why a PASS is suspended (rule book 03 §5.3).
    SuspensionReason {
        ContractSuspended = "contract_suspended", "Contrat de travail suspendu depuis plus de 15 jours";
        ContractBroken = "contract_broken", "Contrat de travail rompu";
        ContractFinished = "contract_finished", "Contrat de travail terminé";
        CtaAgreement = "cta_agreement", "Situation faisant l’objet d’un accord entre les acteurs membres du CTA (Comité technique d’animation)";
        ContratPasserelle = "contrat_passerelle", "Bascule dans l’expérimentation contrat passerelle";
    }
}

/// In what capacity someone suspends (D6).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SuspendsAs {
    /// The SIAE of the last hire.
    Company(CompanyKind),
    /// A prescripteur habilité who follows the person, without contract by then (rule book 03 §12, X1).
    Prescriber,
}

impl SuspensionReason {
    /// Whether it is offered to them: the contrat passerelle is of EI and ACI, and a prescriber suspends the PASS of someone
    /// who works no more (rule book 03 §5.3, §12 X1).
    pub fn is_offered_to(self, author: SuspendsAs) -> bool {
        match (self, author) {
            (Self::ContratPasserelle, SuspendsAs::Company(kind)) => {
                matches!(kind, CompanyKind::Ei | CompanyKind::Aci)
            }
            (Self::ContractSuspended | Self::ContratPasserelle, SuspendsAs::Prescriber) => false,
            (
                Self::ContractSuspended | Self::ContractBroken | Self::ContractFinished | Self::CtaAgreement,
                _,
            ) => true,
        }
    }

    /// Those offered to them, in the order they are shown.
    pub fn offered_to(author: SuspendsAs) -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied().filter(move |reason| reason.is_offered_to(author))
    }
}

/// Last day a suspension that starts on `start` may have; that of one whose end is not known (rule book 03 §5.4).
pub fn latest_end(start: NaiveDate) -> NaiveDate {
    sub_days(add_months(start, LONGEST_MONTHS), 1)
}

/// Whether the end of a suspension is not known: it is kept as the latest it may have (rule book 03 §5.4).
pub fn has_unknown_end(suspension: Period) -> bool {
    suspension.end == latest_end(suspension.start)
}

/// What bounds the start of a suspension.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StartFacts {
    /// First day of the last contract with an SIAE, when it is known.
    pub last_contract: Option<NaiveDate>,
    /// The day it is recorded: today, or the day it was, for one that is changed.
    pub recorded_on: NaiveDate,
}

/// What is wrong with the days of a suspension.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SuspensionMistake {
    /// It starts after today.
    #[error("the suspension starts after today")]
    StartsLater,
    /// It starts too early: before the contract, before the end of the one before, or too long ago.
    #[error("the suspension may not start before {earliest}")]
    StartsTooEarly {
        /// First day it may start.
        earliest: NaiveDate,
    },
    /// It ends before it starts.
    #[error("the suspension ends before it starts")]
    EndsBeforeStart,
    /// It lasts more than three years.
    #[error("the suspension may not end after {latest}")]
    TooLong {
        /// Last day it may have.
        latest: NaiveDate,
    },
    /// It shares a day with another suspension of the PASS.
    #[error("the suspension overlaps another one, from {} to {}", other.start, other.end)]
    Overlaps {
        /// The other one.
        other: Period,
    },
}

/// Why a suspension is not lifted for a return.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LiftMistake {
    /// The return comes on the day the suspension starts, or before: it is to be removed, not lifted.
    #[error("the return comes before {earliest}")]
    TooEarly {
        /// First day of a return.
        earliest: NaiveDate,
    },
    /// The return comes on the last day of the suspension, or after: it ends by itself.
    #[error("the return comes after {latest}")]
    TooLate {
        /// Last day of a return.
        latest: NaiveDate,
    },
}

/// What a hire does to the suspension that runs (rule book 03 §5.7).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lifted {
    /// It never was: the contract starts the day it did.
    Removed,
    /// It ends on this day, the eve of the contract at the latest.
    EndsOn(NaiveDate),
}

impl Parcours {
    /// First day a suspension may start (rule book 03 §5.4, `suspension_min_start`): that of the last contract, or the
    /// morrow of the last suspension that ended before today; no more than [`BACKDATED_DAYS`] before it is recorded, and
    /// never before the PASS. The suspension that is changed is not one of these.
    pub fn earliest_suspension(&self, facts: StartFacts, today: NaiveDate) -> NaiveDate {
        let after_last = self.suspensions().iter().rev().find(|suspension| suspension.end < today);
        let after_last = after_last.map(|suspension| add_days(suspension.end, 1));
        let floor = sub_days(facts.recorded_on, BACKDATED_DAYS).max(self.start());
        after_last.or(facts.last_contract).map_or(floor, |base| base.max(floor))
    }

    /// The parcours suspended over these days; the one that is changed is not one of its suspensions. Each mistake, so that a
    /// form says all at once.
    pub fn suspend(
        &self,
        period: Period,
        facts: StartFacts,
        today: NaiveDate,
    ) -> Result<Self, Vec<SuspensionMistake>> {
        let mut mistakes = Vec::new();
        let earliest = self.earliest_suspension(facts, today);
        if period.start > today {
            mistakes.push(SuspensionMistake::StartsLater);
        } else if period.start < earliest {
            mistakes.push(SuspensionMistake::StartsTooEarly { earliest });
        }
        let latest = latest_end(period.start);
        if period.end < period.start {
            mistakes.push(SuspensionMistake::EndsBeforeStart);
        } else if period.end > latest {
            mistakes.push(SuspensionMistake::TooLong { latest });
        } else if let Some(other) = self.suspensions().iter().find(|other| other.overlaps(period)) {
            mistakes.push(SuspensionMistake::Overlaps { other: *other });
        }
        if mistakes.is_empty() { Ok(self.clone().with_suspension(period)) } else { Err(mistakes) }
    }

    /// First day of a return offered: today, or the second day of the suspension (rule book 03 §5.6).
    pub fn proposed_return(running: Period, today: NaiveDate) -> NaiveDate {
        add_days(running.start, 1).max(today)
    }

    /// Ends this suspension, which runs, on the eve of a return (rule book 03 §5.6).
    pub fn lift(&self, running: Period, back_on: NaiveDate) -> Result<Self, LiftMistake> {
        if back_on <= running.start {
            return Err(LiftMistake::TooEarly { earliest: add_days(running.start, 1) });
        }
        if back_on >= running.end {
            return Err(LiftMistake::TooLate { latest: sub_days(running.end, 1) });
        }
        Ok(self.with_suspension_until(running, sub_days(back_on, 1)))
    }

    /// What a contract that starts on `contract` does to the suspension that runs, if one does: it ends on the eve at the
    /// latest, and is never made longer (rule book 03 §5.7, W3).
    pub fn lifted_by_hire(&self, contract: NaiveDate, today: NaiveDate) -> Option<(Period, Lifted)> {
        let running = self.suspended_on(today)?;
        let eve = sub_days(contract, 1);
        let lifted = if eve < running.start { Lifted::Removed } else { Lifted::EndsOn(running.end.min(eve)) };
        Some((running, lifted))
    }

    /// The parcours once someone is hired from `contract` on. The contract may still start after its end: that is to be
    /// checked on what is given here (W4).
    #[must_use]
    pub fn hired(&self, contract: NaiveDate, today: NaiveDate) -> Self {
        match self.lifted_by_hire(contract, today) {
            None => self.clone(),
            Some((running, Lifted::Removed)) => self.clone().without_suspension(running.start),
            Some((running, Lifted::EndsOn(end))) => self.with_suspension_until(running, end),
        }
    }

    fn with_suspension_until(&self, running: Period, end: NaiveDate) -> Self {
        self.clone().without_suspension(running.start).with_suspension(Period { end, ..running })
    }

    /// From when a suspension may be recorded, as the PASS goes: who asks is another question.
    pub fn suspension_possible(&self, today: NaiveDate) -> Result<(), NotSuspendable> {
        match self.state(today) {
            PassState::Valid => Ok(()),
            PassState::Suspended => {
                let until = self.suspended_on(today).map_or(today, |suspension| suspension.end);
                Err(NotSuspendable::Suspended { until })
            }
            PassState::Expired => Err(NotSuspendable::Expired),
            PassState::Future => Err(NotSuspendable::NotStarted { from: self.start() }),
        }
    }
}

/// Why a PASS cannot be suspended today, whoever asks (rule book 03 §5.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotSuspendable {
    /// It is over.
    #[error("the PASS is over")]
    Expired,
    /// It has not started.
    #[error("the PASS starts on {from}")]
    NotStarted {
        /// Its first day.
        from: NaiveDate,
    },
    /// It is suspended today.
    #[error("the PASS is suspended until {until}")]
    Suspended {
        /// Last day of the suspension.
        until: NaiveDate,
    },
}

#[cfg(test)]
mod tests;
