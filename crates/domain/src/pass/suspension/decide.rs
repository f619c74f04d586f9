//! A suspension is recorded, changed, lifted for a return, removed: each decided purely, with what it does to the PASS
//! (rule book 03 §5.4 to §5.7).

use chrono::{DateTime, NaiveDate, Utc};

use super::{
    Asker, Lifted, StartFacts, SuspendsAs, Suspension, SuspensionMistake, SuspensionReason,
    SuspensionRefused, SuspensionWrite, TermsMistake,
};
use crate::Changed;
use crate::ids::{ApplicationId, SuspensionId};
use crate::pass::event::{Counsellor, EndMoved, PassChange, PassEvent, Told};
use crate::pass::{HeldPass, Parcours, Pass};
use crate::text::Message;
use crate::time::{Period, paris_date};

/// Longest explanation, in characters.
pub const EXPLANATION_MAX_CHARS: usize = 1000;

/// What is asked of a suspension.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SuspensionTerms {
    /// First and last day.
    pub period: Period,
    /// Why.
    pub reason: SuspensionReason,
    /// In their own words.
    pub explanation: Option<Message<EXPLANATION_MAX_CHARS>>,
}

/// What is done about the suspensions of a PASS.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SuspensionAct {
    /// The PASS is suspended.
    Suspend(SuspensionTerms),
    /// The suspension that runs has other terms.
    Change(SuspensionTerms),
    /// The person comes back on this day: the suspension that runs ends on the eve.
    Lift {
        /// First day back.
        back_on: NaiveDate,
    },
    /// The suspension that runs should not have been.
    Remove,
}

/// Who asks, what they saw, when.
#[derive(Debug, Clone, Copy)]
pub struct Asking {
    /// Who.
    pub asker: Asker,
    /// The end of the PASS they were shown, once they confirm (D32); none for a preview.
    pub seen_end: Option<NaiveDate>,
    /// The id a new suspension would take.
    pub new: SuspensionId,
    /// Who accompanies the holder, to be told.
    pub counsellor: Option<Counsellor>,
    /// When.
    pub at: DateTime<Utc>,
}

/// A PASS whose suspensions changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resuspended {
    /// The PASS, its parcours computed again.
    pub pass: Pass,
    /// What is written of the suspension.
    pub write: SuspensionWrite,
}

impl AsRef<Pass> for Resuspended {
    fn as_ref(&self) -> &Pass {
        &self.pass
    }
}

/// What a change does to a parcours, said before it is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effect {
    /// As it is.
    pub before: Parcours,
    /// As it would be.
    pub after: Parcours,
}

impl HeldPass {
    /// Decides what is asked: who may, when, on which days.
    pub fn decide_suspension(
        &self,
        act: SuspensionAct,
        asking: &Asking,
    ) -> Result<Changed<Resuspended>, SuspensionRefused> {
        let today = paris_date(asking.at);
        match act {
            SuspensionAct::Suspend(terms) => {
                self.may_suspend(asking.asker, today)?;
                self.check_seen(asking)?;
                self.suspend(terms, asking, today)
            }
            SuspensionAct::Change(terms) => {
                let running = self.may_change(asking.asker)?;
                self.check_seen(asking)?;
                self.change(running, terms, asking, today)
            }
            SuspensionAct::Lift { back_on } => {
                let running = self.may_change(asking.asker)?;
                self.check_seen(asking)?;
                let parcours = self.pass.parcours.lift(running.period, back_on)?;
                let end = parcours.suspended_on(running.period.start).map_or(back_on, |lifted| lifted.end);
                let write = SuspensionWrite::End { start: running.period.start, end };
                Ok(self.pass.resuspended(parcours, write, |ends| PassChange::SuspensionLifted {
                    suspension: running.period,
                    until: end,
                    hired_by: None,
                    ends,
                    told: self.told(asking),
                }))
            }
            SuspensionAct::Remove => {
                let running = self.may_change(asking.asker)?;
                self.check_seen(asking)?;
                let start = running.period.start;
                let parcours = self.pass.parcours.clone().without_suspension(start);
                Ok(self.pass.resuspended(parcours, SuspensionWrite::Remove { start }, |ends| {
                    PassChange::SuspensionRemoved {
                        suspension: running.period,
                        hired_by: None,
                        ends,
                        told: self.told(asking),
                    }
                }))
            }
        }
    }

    fn suspend(
        &self,
        terms: SuspensionTerms,
        asking: &Asking,
        today: NaiveDate,
    ) -> Result<Changed<Resuspended>, SuspensionRefused> {
        let parcours = self.agreed(&terms, None, asking.asker, today)?;
        let SuspensionTerms { period, reason, explanation } = terms;
        let suspension = Suspension {
            id: asking.new,
            pass: self.pass.id,
            period,
            reason,
            explanation: explanation.map(|words| words.as_str().to_owned()),
            author: asking.asker.by,
            created_at: asking.at,
        };
        let told = self.told(asking);
        let suspended =
            |ends| PassChange::Suspended { suspension: suspension.id, period, reason, ends, told };
        Ok(self.pass.resuspended(parcours, SuspensionWrite::Add(suspension.clone()), suspended))
    }

    fn change(
        &self,
        running: &Suspension,
        terms: SuspensionTerms,
        asking: &Asking,
        today: NaiveDate,
    ) -> Result<Changed<Resuspended>, SuspensionRefused> {
        let parcours = self.agreed(&terms, Some(running), asking.asker, today)?;
        let SuspensionTerms { period, reason, explanation } = terms;
        let explanation = explanation.map(|words| words.as_str().to_owned());
        let suspension = Suspension { period, reason, explanation, ..running.clone() };
        let (id, from, told) = (suspension.id, running.period, self.told(asking));
        Ok(self.pass.resuspended(parcours, SuspensionWrite::Replace(suspension), |ends| {
            PassChange::SuspensionChanged { suspension: id, from, to: period, reason, ends, told }
        }))
    }

    /// The parcours suspended over these days, or every mistake; the suspension that is changed is not in its own way, and
    /// starts no earlier than it could the day it was recorded (rule book 03 §5.4).
    pub fn suspended_over(
        &self,
        period: Period,
        changed: Option<&Suspension>,
        today: NaiveDate,
    ) -> Result<Parcours, Vec<SuspensionMistake>> {
        let (parcours, facts) = self.bounds(changed, today);
        parcours.suspend(period, facts, today)
    }

    /// First day a new suspension may start, or the one that is changed.
    pub fn earliest_start(&self, changed: Option<&Suspension>, today: NaiveDate) -> NaiveDate {
        let (parcours, facts) = self.bounds(changed, today);
        parcours.earliest_suspension(facts, today)
    }

    fn bounds(&self, changed: Option<&Suspension>, today: NaiveDate) -> (Parcours, StartFacts) {
        let last_contract = self.last_hire().map(|hire| hire.starts_on);
        let parcours = self.pass.parcours.clone();
        match changed {
            None => (parcours, StartFacts { last_contract, recorded_on: today }),
            Some(suspension) => (
                parcours.without_suspension(suspension.period.start),
                StartFacts { last_contract, recorded_on: paris_date(suspension.created_at) },
            ),
        }
    }

    fn agreed(
        &self,
        terms: &SuspensionTerms,
        changed: Option<&Suspension>,
        asker: Asker,
        today: NaiveDate,
    ) -> Result<Parcours, SuspensionRefused> {
        let is_offered = terms.reason.is_offered_to(asker.capacity);
        let mut mistakes: Vec<_> =
            (!is_offered).then_some(TermsMistake::ReasonNotOffered).into_iter().collect();
        match self.suspended_over(terms.period, changed, today) {
            Ok(suspended) if mistakes.is_empty() => return Ok(suspended),
            Ok(_) => {}
            Err(days) => mistakes.extend(days.into_iter().map(TermsMistake::Days)),
        }
        Err(SuspensionRefused::Terms(mistakes))
    }

    /// Nothing moved since the end was shown (D32).
    pub(in crate::pass) fn check_seen(&self, asking: &Asking) -> Result<(), SuspensionRefused> {
        let end = self.pass.parcours.end();
        match asking.seen_end {
            Some(seen) if seen != end => Err(SuspensionRefused::EndMoved { end }),
            Some(_) | None => Ok(()),
        }
    }

    /// The SIAE of the last hire is told what a prescriber does (D6).
    pub(in crate::pass) fn told(&self, asking: &Asking) -> Told {
        let by_prescriber = asking.asker.capacity == SuspendsAs::Prescriber;
        Told {
            counsellor: asking.counsellor.filter(|counsellor| counsellor.user != asking.asker.by.user),
            company: self.last_hire().filter(|_| by_prescriber).map(|hire| hire.company),
            answers: Some(asking.asker.by.organisation),
        }
    }
}

impl Pass {
    fn resuspended(
        &self,
        parcours: Parcours,
        write: SuspensionWrite,
        change: impl FnOnce(EndMoved) -> PassChange,
    ) -> Changed<Resuspended> {
        let ends = EndMoved { from: self.parcours.end(), to: parcours.end() };
        let event = PassEvent { pass: self.id, candidate: self.candidate, change: change(ends) };
        Changed::new(Resuspended { pass: Self { parcours, ..self.clone() }, write }, event)
    }

    /// What a hire from `contract` on does to the suspension that runs: none when nothing runs, or when it ends by itself
    /// before the contract (rule book 03 §5.7, W3).
    pub fn lifted_by_hire(
        &self,
        contract: NaiveDate,
        today: NaiveDate,
        application: ApplicationId,
    ) -> Option<Changed<Resuspended>> {
        let (running, lifted) = self.parcours.lifted_by_hire(contract, today)?;
        let parcours = self.parcours.hired(contract, today);
        let (suspension, hired_by, told) = (running, Some(application), Told::default());
        match lifted {
            Lifted::EndsOn(end) if end == running.end => None,
            Lifted::EndsOn(until) => {
                let write = SuspensionWrite::End { start: running.start, end: until };
                Some(self.resuspended(parcours, write, |ends| PassChange::SuspensionLifted {
                    suspension,
                    until,
                    hired_by,
                    ends,
                    told,
                }))
            }
            Lifted::Removed => {
                let write = SuspensionWrite::Remove { start: running.start };
                Some(self.resuspended(parcours, write, |ends| PassChange::SuspensionRemoved {
                    suspension,
                    hired_by,
                    ends,
                    told,
                }))
            }
        }
    }
}

#[cfg(test)]
mod tests;
