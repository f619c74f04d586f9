//! An employer, or the team, cancels a hire made by mistake (rule book 02 §7.1, 03 §4.12).

use std::cmp::Ordering;

use chrono::{DateTime, NaiveDate, Utc};

use super::{Application, ApplicationChange, CancelledBy, Overtaken, State, StateCode, Transition};
use crate::Changed;
use crate::code::code;
use crate::ids::{ApplicationId, ProlongationRequestId};
use crate::pass::prolongation::Addressed;
use crate::pass::{CancelledPass, Pass};
use crate::time::paris_date;

code! {
    /// What the cancellation of a hire does to its PASS (CAN-2).
    PassFate {
        None = "none", "Aucun PASS IAE";
        Deleted = "deleted", "PASS IAE supprimé";
        Kept = "kept", "PASS IAE conservé";
    }
}

/// What the rule needs to know, loaded under the lock of the candidate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CancelFacts {
    /// The PASS of the hire, when it has one.
    pub pass: Option<Pass>,
    /// The hires that rest on it, this one included.
    pub hires: i64,
    /// The first day of the earliest contract of the others.
    pub others_start_on: Option<NaiveDate>,
    /// The prescribers whose answer to a request to prolong the PASS goes with it.
    pub asked: Vec<(ProlongationRequestId, Addressed)>,
    /// What ties the hire to other services.
    pub ties: Ties,
    /// Who cancels.
    pub by: CancelledBy,
}

/// What makes that a hire is no longer cancelled here, whatever its dates: there is no time window (CAN-1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Ties {
    /// It came with the stock of the AI of 30 November 2021 (rule book 03 §4.11).
    pub ai_stock: bool,
    /// Data of its employee record was sent to the ASP.
    pub sent_to_asp: bool,
}

/// What whoever cancels was told, still to be true when they confirm (D32).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CancelSeen {
    /// The state of the application.
    pub state: Option<StateCode>,
    /// What becomes of the PASS.
    pub pass: Option<PassFate>,
    /// The last day of the PASS.
    pub pass_end: Option<NaiveDate>,
    /// How many things go or stay with it: suspensions, prolongations, requests that wait.
    pub happened: Option<i64>,
}

/// Everything to be written when a hire is cancelled.
#[derive(Debug, PartialEq)]
pub struct Cancellation {
    /// The application; what was filled at the hire is cleared (CAN-3).
    pub application: Changed<Application>,
    /// The PASS, when it goes with the hire.
    pub pass: Option<Changed<CancelledPass>>,
    /// The PASS that stays and had not started, moved to the earliest contract left.
    pub moved: Option<Changed<Pass>>,
}

/// Why a hire is not cancelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CancelRefused {
    /// The state is another by now (WF-8, D32).
    #[error(transparent)]
    Overtaken(#[from] Overtaken),
    /// What was told of the PASS is no longer true (D32).
    #[error("the PASS changed since the page was shown")]
    PassChanged,
    /// The hire came with the stock of the AI.
    #[error("the hire came with the stock of the AI")]
    AiStock,
    /// Its employee record was sent to the ASP.
    #[error("the employee record was sent to the ASP")]
    SentToAsp,
}

impl CancelFacts {
    /// What becomes of the PASS: it goes when this hire is the only one that rests on it (CAN-2).
    pub const fn fate(&self) -> PassFate {
        match (&self.pass, self.hires) {
            (None, _) => PassFate::None,
            (Some(_), ..=1) => PassFate::Deleted,
            (Some(_), _) => PassFate::Kept,
        }
    }

    /// The same, unless something ties the hire (CAN-1).
    pub const fn decide(&self) -> Result<PassFate, CancelRefused> {
        if self.ties.ai_stock {
            return Err(CancelRefused::AiStock);
        }
        if self.ties.sent_to_asp {
            return Err(CancelRefused::SentToAsp);
        }
        Ok(self.fate())
    }

    /// The last day of the PASS.
    pub fn pass_end(&self) -> Option<NaiveDate> {
        self.pass.as_ref().map(|pass| pass.parcours.end())
    }

    /// What happened to the PASS or waits to, counted.
    pub fn happened(&self) -> i64 {
        let parcours = self.pass.as_ref().map(|pass| &pass.parcours);
        let count = parcours.map_or(0, |it| it.suspensions().len() + it.prolongations().len());
        i64::try_from(count).unwrap_or(i64::MAX).saturating_add(self.pending_requests())
    }

    /// How many requests to prolong the PASS wait for an answer.
    pub fn pending_requests(&self) -> i64 {
        i64::try_from(self.asked.len()).unwrap_or(i64::MAX)
    }

    /// The PASS that stays, moved later when it waited for the contract that is cancelled: while it has not started, its first
    /// day is that of the earliest contract it rests on (rule book 03 §4.7).
    pub fn moved(&self, application: ApplicationId, today: NaiveDate) -> Option<Changed<Pass>> {
        let pass = self.pass.as_ref().filter(|_| self.fate() == PassFate::Kept)?;
        pass.moved(self.others_start_on?, Ordering::Greater, today, application)
    }
}

impl Application {
    /// Whether the hire may be cancelled, and what that does to its PASS.
    pub fn may_cancel(&self, facts: &CancelFacts) -> Result<PassFate, CancelRefused> {
        self.allow(Transition::Cancel, Some(self.state.code()))?;
        facts.decide()
    }

    /// Cancels the hire, as it was announced. The diagnosis stays, with its own validity.
    pub fn cancel(
        self,
        seen: CancelSeen,
        facts: CancelFacts,
        at: DateTime<Utc>,
    ) -> Result<Cancellation, CancelRefused> {
        let from = self.allow(Transition::Cancel, seen.state)?;
        let fate = self.may_cancel(&facts)?;
        let told = (Some(fate), facts.pass_end(), Some(facts.happened()));
        if (seen.pass, seen.pass_end, seen.happened) != told {
            return Err(CancelRefused::PassChanged);
        }
        let moved = facts.moved(self.id, paris_date(at));
        let CancelFacts { pass, asked, by, .. } = facts;
        let pass = pass.filter(|_| fate == PassFate::Deleted).map(|pass| pass.cancelled_with(self.id, asked));
        let cancelled = Self { state: State::Cancelled { at }, ..self };
        let application = cancelled.changed(ApplicationChange::Cancelled { from, pass: fate, by });
        Ok(Cancellation { application, pass, moved })
    }
}

#[cfg(test)]
mod tests;
