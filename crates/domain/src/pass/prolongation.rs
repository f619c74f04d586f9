//! Prolongations of a PASS: reasons, window, caps (rule book 03 §6; code du travail, art. L. 5132-5, L. 5132-15-1 and
//! R. 5132-1-8).

mod ask;
mod decide;
mod denial;
mod reminder;
mod report;
mod request;

use chrono::NaiveDate;

pub use ask::{Ask, AskFacts, Declaration, NotOpen, ProlongRefused, Prolongation, Prolonged, Wanted};
pub use decide::{AlreadyDecided, DecideRefused, Decided, delegate};
pub use denial::{Denial, DenialReason, DenialRefused, ProposedAction};
pub use reminder::{MOST_COLLEAGUES, Reminded, is_due, remind};
pub use report::{REPORT_KEPT, Report, forget_report, owes_report};
pub use request::{
    Addressed, InterviewContact, NewProlongationRequest, ProlongationRequest, REVIEW_MAX_CHARS,
    RequestParties, RequestState, Review,
};

use super::parcours::{Parcours, pushes_back};
use super::validity::PROLONGATION_WINDOW_MONTHS;
use crate::code::code;
use crate::organisations::CompanyKind;
use crate::time::{Period, add_days, add_months, age, sub_months};

/// Months after its end during which a PASS may still be prolonged (rule book 03 §6.2).
pub const PROLONGATION_GRACE_MONTHS: u32 = 6;

/// Days a request may add, but for a CDI (rule book 03 §6.1).
pub const LONGEST_REQUEST_DAYS: u64 = 365;

/// Days of parcours that come before a CDI inclusion (D12).
pub const DAYS_BEFORE_CDI: u64 = 365;

code! {
    /// Why a PASS is prolonged (rule book 03 §6.1).
    ProlongationReason {
        CdiOver57 = "cdi_57", "CDI conclu avec une personne de plus de 57 ans";
        Training = "training", "Fin d’une formation";
        Rqth = "rqth", "RQTH - Reconnaissance de la qualité de travailleur handicapé";
        Over50 = "age_50", "50 ans et plus";
        Difficulties = "particular_difficulties", "Difficultés particulièrement importantes dont l’absence de prise en charge ferait obstacle à son insertion professionnelle";
    }
}

impl ProlongationReason {
    /// Whether a prescripteur habilité decides; else the SIAE declares.
    pub const fn needs_prescriber(self) -> bool {
        match self {
            Self::CdiOver57 | Self::Training => false,
            Self::Rqth | Self::Over50 | Self::Difficulties => true,
        }
    }

    /// Whether it is offered to an SIAE of this kind.
    pub const fn is_offered_to(self, kind: CompanyKind) -> bool {
        match self {
            Self::Difficulties => matches!(kind, CompanyKind::Ai | CompanyKind::Aci),
            Self::CdiOver57 | Self::Training | Self::Rqth | Self::Over50 => kind.is_siae(),
        }
    }

    /// Days one prolongation may add.
    pub const fn longest(self) -> u64 {
        match self {
            Self::CdiOver57 => 3650,
            Self::Training | Self::Rqth | Self::Over50 | Self::Difficulties => LONGEST_REQUEST_DAYS,
        }
    }

    /// Days all prolongations of a PASS may add when this one is asked for; none without limit.
    pub const fn cap(self) -> Option<u64> {
        match self {
            Self::CdiOver57 | Self::Training => None,
            Self::Rqth | Self::Difficulties => Some(1095),
            Self::Over50 => Some(1825),
        }
    }

    /// Whether what it asks for is declared by the SIAE, nothing recorded proving it (D12): the RQTH always, the age when the
    /// birth date is not known.
    pub const fn is_declared(self, birth_date: Option<NaiveDate>) -> bool {
        match self {
            Self::Rqth => true,
            Self::CdiOver57 | Self::Over50 => birth_date.is_none(),
            Self::Training | Self::Difficulties => false,
        }
    }

    /// The age it asks for, in whole years (D12).
    pub const fn least_age(self) -> Option<i32> {
        match self {
            Self::CdiOver57 => Some(57),
            Self::Over50 => Some(50),
            Self::Training | Self::Rqth | Self::Difficulties => None,
        }
    }
}

/// Why a PASS cannot be prolonged today, whatever the reason (rule book 03 §6.2, points 1 to 3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotProlongable {
    /// The last twelve months have not come.
    #[error("the PASS may be prolonged from {from}")]
    TooEarly {
        /// First day of the window.
        from: NaiveDate,
    },
    /// More than six months have gone since its end.
    #[error("the PASS could be prolonged until {until}")]
    TooLate {
        /// Last day of the window.
        until: NaiveDate,
    },
    /// It is suspended today.
    #[error("the PASS is suspended until {until}")]
    Suspended {
        /// Last day of the suspension.
        until: NaiveDate,
    },
    /// It was closed early.
    #[error("the PASS was closed")]
    Closed,
}

/// What is wrong with a prolongation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProlongationMistake {
    /// The reason is not for SIAE of this kind.
    #[error("the reason is not offered to this kind of company")]
    NotOffered,
    /// All that may be added for this reason was.
    #[error("the cap of the reason is reached")]
    CapReached,
    /// The person is too young for this reason.
    #[error("the person is under {least}")]
    TooYoung {
        /// The age it asks for.
        least: i32,
    },
    /// A CDI comes after twelve months of parcours (D12).
    #[error("the parcours has less than twelve months")]
    ParcoursTooShort,
    /// It adds no day.
    #[error("the prolongation adds no day")]
    AddsNothing,
    /// It ends too late.
    #[error("the prolongation may not end after {latest}")]
    TooLong {
        /// Last day it may have.
        latest: NaiveDate,
    },
    /// It shares days with another prolongation, recorded since it was asked.
    #[error("the prolongation overlaps another one")]
    Overlaps,
}

/// Who is prolonged, by whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProlongationFacts {
    /// Kind of the SIAE that declares or asks.
    pub kind: CompanyKind,
    /// Birth date of the holder, when it is known.
    pub birth_date: Option<NaiveDate>,
}

impl Parcours {
    /// First and last day a prolongation may be declared or asked (rule book 03 §6.2, point 1).
    pub fn prolongation_window(&self) -> Period {
        let end = self.end();
        Period {
            start: sub_months(end, PROLONGATION_WINDOW_MONTHS),
            end: add_months(end, PROLONGATION_GRACE_MONTHS),
        }
    }

    /// Whether the PASS can be prolonged today, as it goes: who asks, and for what reason, are other questions.
    pub fn prolongation_possible(&self, today: NaiveDate) -> Result<(), NotProlongable> {
        let window = self.prolongation_window();
        if self.closed_on().is_some() {
            Err(NotProlongable::Closed)
        } else if today < window.start {
            Err(NotProlongable::TooEarly { from: window.start })
        } else if today > window.end {
            Err(NotProlongable::TooLate { until: window.end })
        } else if let Some(running) = self.suspended_on(today) {
            Err(NotProlongable::Suspended { until: running.end })
        } else {
            Ok(())
        }
    }

    /// Days that prolongations may still add in all when this reason is asked for; none when it has no cap (rule book 03 §6.4).
    pub fn prolongation_cap_left(&self, reason: ProlongationReason) -> Option<u64> {
        reason.cap().map(|cap| cap.saturating_sub(self.prolonged_days()))
    }

    /// Days that may still be added for this reason by one prolongation (rule book 03 §6.4).
    pub fn prolongation_allowance(&self, reason: ProlongationReason) -> u64 {
        reason.longest().min(self.prolongation_cap_left(reason).unwrap_or(u64::MAX))
    }

    /// Last day a prolongation for this reason may have; none when its cap is reached (rule book 03 §6.4).
    pub fn longest_prolongation(&self, reason: ProlongationReason) -> Option<NaiveDate> {
        let days = self.prolongation_allowance(reason);
        (days > 0).then(|| add_days(self.end(), days))
    }

    /// The parcours prolonged until `end`, from its end as it is. Each mistake, so that a form says all at once.
    pub fn prolong(
        &self,
        reason: ProlongationReason,
        end: NaiveDate,
        facts: ProlongationFacts,
        today: NaiveDate,
    ) -> Result<Self, Vec<ProlongationMistake>> {
        let mut mistakes: Vec<_> = self.reason_mistake(reason, facts, today).into_iter().collect();
        match self.longest_prolongation(reason) {
            Some(_) if end <= self.end() => mistakes.push(ProlongationMistake::AddsNothing),
            Some(latest) if end > latest => mistakes.push(ProlongationMistake::TooLong { latest }),
            Some(_) | None => {}
        }
        // What one of another time was given for.
        if self.prolongations().iter().any(|other| self.end() < other.end) {
            mistakes.push(ProlongationMistake::Overlaps);
        }
        if !mistakes.is_empty() {
            return Err(mistakes);
        }
        Ok(self.clone().with_prolongation(Period { start: self.end(), end }))
    }

    /// Why this reason cannot be given; none when it can.
    pub fn reason_mistake(
        &self,
        reason: ProlongationReason,
        facts: ProlongationFacts,
        today: NaiveDate,
    ) -> Option<ProlongationMistake> {
        if !reason.is_offered_to(facts.kind) {
            return Some(ProlongationMistake::NotOffered);
        }
        if self.prolongation_allowance(reason) == 0 {
            return Some(ProlongationMistake::CapReached);
        }
        let age = facts.birth_date.map(|born| age(born, today));
        if let (Some(least), Some(age)) = (reason.least_age(), age)
            && age < least
        {
            return Some(ProlongationMistake::TooYoung { least });
        }
        (reason == ProlongationReason::CdiOver57 && self.days_run(today) < DAYS_BEFORE_CDI)
            .then_some(ProlongationMistake::ParcoursTooShort)
    }

    /// The parcours as a request granted makes it: the dates are those that were asked, even if a suspension has moved its end
    /// since (rule book 03 §6.6, §6.8). The cap holds when it is written (W7).
    pub fn grant(&self, reason: ProlongationReason, asked: Period) -> Result<Self, ProlongationMistake> {
        let shares_days = |other: &Period| asked.start < other.end && other.start < asked.end;
        if self.prolongations().iter().any(shares_days) {
            return Err(ProlongationMistake::Overlaps);
        }
        if self.prolongation_cap_left(reason).is_some_and(|left| pushes_back(asked) > left) {
            return Err(ProlongationMistake::CapReached);
        }
        Ok(self.clone().with_prolongation(asked))
    }

    /// Days of parcours already run before `today`: those since its start, less those suspended.
    pub(super) fn days_run(&self, today: NaiveDate) -> u64 {
        let before = |period: Period| period.days() - period.days_left(today);
        let suspended: i64 = self.suspensions().iter().copied().map(before).sum();
        u64::try_from(before(self.period()) - suspended).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests;
