//! A PASS is closed early, after more than a year of suspension (rule book 03 §4.13, §12 X2; D7).

use chrono::NaiveDate;

use super::event::{EndMoved, PassChange, PassEvent};
use super::suspension::{Asking, SuspensionAuthor};
use super::{HeldPass, Pass};
use crate::Changed;
use crate::code::code;
use crate::time::{Period, add_days, paris_date};

/// Days of suspension after which a parcours may be closed: more than these.
pub const CLOSURE_DAYS: u64 = 365;

code! {
    /// Why a PASS is closed early, once the situation was reviewed with the person.
    ClosureReason {
        WorksElsewhere = "works_elsewhere", "La personne travaille hors de l’insertion par l’activité économique";
        CannotResume = "cannot_resume", "La personne ne peut pas reprendre d’activité pour l’instant";
        WishesToStop = "wishes_to_stop", "La personne ne souhaite pas reprendre son parcours";
        NoNews = "no_news", "La personne ne donne plus de nouvelles, malgré nos relances";
        Other = "other", "Autre situation, examinée avec la personne";
    }
}

/// Why a PASS is not closed today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotClosable {
    /// It is over, or closed.
    #[error("the PASS is over")]
    Over,
    /// It has not started.
    #[error("the PASS starts on {from}")]
    NotStarted {
        /// Its first day.
        from: NaiveDate,
    },
    /// No suspension lasted more than a year, the person being hired by nobody since.
    #[error("the PASS was not suspended for more than {CLOSURE_DAYS} days")]
    NotSuspendedLongEnough {
        /// From when the suspension that runs allows it, if it lasts until then.
        from: Option<NaiveDate>,
    },
    /// The PASS ends on another day than the one that was shown (D32).
    #[error("the PASS now ends on {end}")]
    EndMoved {
        /// Its last day.
        end: NaiveDate,
    },
}

/// A PASS closed today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closed {
    /// The PASS, its parcours cut.
    pub pass: Pass,
    /// Its last day.
    pub on: NaiveDate,
    /// Why.
    pub reason: ClosureReason,
    /// Who closed it.
    pub by: SuspensionAuthor,
}

impl AsRef<Pass> for Closed {
    fn as_ref(&self) -> &Pass {
        &self.pass
    }
}

impl HeldPass {
    /// Whether the PASS may be closed today, whoever asks: it is in progress, and a suspension lasts for more than a year, or
    /// did, nobody having hired since. So it never is on its first day.
    pub fn may_close(&self, today: NaiveDate) -> Result<(), NotClosable> {
        let parcours = &self.pass.parcours;
        if parcours.closed_on().is_some() || !parcours.is_valid(today) {
            return Err(NotClosable::Over);
        }
        if today < parcours.start() {
            return Err(NotClosable::NotStarted { from: parcours.start() });
        }
        let hired_since = |end| self.hires.iter().any(|hire| hire.starts_on >= end);
        let ended = |suspension: &&Period| suspension.end < today;
        let was_long = |suspension: &Period| {
            closable_from(*suspension) <= suspension.end && !hired_since(suspension.end)
        };
        if parcours.suspensions().iter().filter(ended).any(was_long) {
            return Ok(());
        }
        match parcours.suspended_on(today) {
            Some(running) if closable_from(running) <= today => Ok(()),
            running => Err(NotClosable::NotSuspendedLongEnough {
                from: running.filter(|running| closable_from(*running) <= running.end).map(closable_from),
            }),
        }
    }

    /// Closes it: today is its last day.
    pub fn close(&self, reason: ClosureReason, asking: &Asking) -> Result<Changed<Closed>, NotClosable> {
        let today = paris_date(asking.at);
        self.may_close(today)?;
        let end = self.pass.parcours.end();
        if asking.seen_end.is_some_and(|seen| seen != end) {
            return Err(NotClosable::EndMoved { end });
        }
        let parcours = self.pass.parcours.clone().closed(today);
        let ends = EndMoved { from: end, to: today };
        let change = PassChange::Closed { reason, ends, told: self.told(asking) };
        let event = PassEvent { pass: self.pass.id, candidate: self.pass.candidate, change };
        let pass = Pass { parcours, ..self.pass.clone() };
        Ok(Changed::new(Closed { pass, on: today, reason, by: asking.asker.by }, event))
    }
}

/// First day on which a suspension lasts for more than a year.
fn closable_from(suspension: Period) -> NaiveDate {
    add_days(suspension.start, CLOSURE_DAYS + 1)
}

#[cfg(test)]
mod tests;
