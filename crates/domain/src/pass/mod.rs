//! The PASS IAE: number, dates, waiting period (rule book 03 §4).

pub mod attestation;
mod cancelled;
mod chapters;
pub mod closure;
mod correction;
mod deviation;
mod event;
mod held;
mod number;
mod parcours;
pub mod policy;
pub mod prolongation;
mod remaining;
mod simulation;
pub mod suspension;
pub mod validity;
pub mod waiting_period;

use std::cmp::Ordering;

use chrono::{DateTime, Utc};

pub use cancelled::{ARCHIVE_DAYS, Archive, CancelledNotice, CancelledPass};
pub use chapters::{Chapter, ChapterKind};
pub use correction::{CORRECTION_MAX_CHARS, Correct, Corrected, CorrectionReason, NotCorrectable};
pub use deviation::Deviation;
pub use event::{Counsellor, EndMove, EndMoved, PassChange, PassEvent, Told};
pub use held::{HeldPass, SiaeHire};
pub use number::{InvalidPassNumber, IssuerPrefix, LAST_SEQUENCE, PassNumber};
pub use parcours::{Parcours, pushes_back};
pub use prolongation::{NotProlongable, ProlongationFacts, ProlongationMistake, ProlongationReason};
pub use remaining::{in_words, remaining};
pub use simulation::{NextAct, NotSimulated, Simulated, WhatIf};
pub use suspension::{Suspension, SuspensionReason};
pub use validity::{PASS_DAYS, PassState, default_end, default_period};

use crate::Changed;
use crate::applications::SenderKind;
use crate::ids::{ApplicationId, CandidateId, DiagnosisId, PassId};
use crate::organisations::{CompanyKind, PrescriberKind, Siret};
use crate::time::Period;

/// A PASS IAE.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pass {
    /// Its id.
    pub id: PassId,
    /// Its number.
    pub number: PassNumber,
    /// Its holder.
    pub candidate: CandidateId,
    /// All that makes its dates.
    pub parcours: Parcours,
    /// The diagnosis it was issued from.
    pub diagnosis: DiagnosisId,
    /// When it was created.
    pub created_at: DateTime<Utc>,
}

/// A PASS about to be issued: it gets its number as the last thing before its transaction ends (rule book 03 §4.2, ADR 45).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPass {
    /// Its id.
    pub id: PassId,
    /// Its holder.
    pub candidate: CandidateId,
    /// First and last day of parcours.
    pub period: Period,
    /// The diagnosis that justifies it.
    pub diagnosis: DiagnosisId,
    /// Where it comes from, frozen at issuance.
    pub origin: OriginSnapshot,
    /// When it is created.
    pub created_at: DateTime<Utc>,
}

/// What is kept of the hire that issued a PASS, whatever happens to it later (rule book 03 §4.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OriginSnapshot {
    /// SIRET of the SIAE.
    pub siret: Siret,
    /// Kind of the SIAE.
    pub company_kind: CompanyKind,
    /// Who sent the application.
    pub sender_kind: SenderKind,
    /// Kind of the prescriber organisation, if one sent it.
    pub prescriber_kind: Option<PrescriberKind>,
}

impl NewPass {
    /// The event of its issuance by `application`.
    pub(crate) fn issued_by(self, application: ApplicationId) -> Changed<Self> {
        let event = PassEvent {
            pass: self.id,
            candidate: self.candidate,
            change: PassChange::Issued { application, period: self.period },
        };
        Changed::new(self, event)
    }
}

impl AsRef<Self> for Pass {
    fn as_ref(&self) -> &Self {
        self
    }
}

impl Pass {
    /// First and last day of parcours.
    pub fn period(&self) -> Period {
        self.parcours.period()
    }

    /// The PASS moved to a contract that starts on `start`, while it has not started on `today`: its end is recomputed, not
    /// shifted (rule book 03 §4.7). `towards`: `Less` for a contract that comes earlier, `Greater` for one that comes later,
    /// once no earlier one is left; none when `start` is not on that side.
    pub(crate) fn moved(
        &self,
        start: chrono::NaiveDate,
        towards: Ordering,
        today: chrono::NaiveDate,
        application: ApplicationId,
    ) -> Option<Changed<Self>> {
        let from = self.period();
        (from.start > today && start.cmp(&from.start) == towards).then(|| {
            let parcours = self.parcours.moved(start);
            let change = PassChange::Moved { application, from, to: parcours.period() };
            let event = PassEvent { pass: self.id, candidate: self.candidate, change };
            Changed::new(Self { parcours, ..self.clone() }, event)
        })
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use chrono::TimeZone;

    use super::*;

    /// A PASS over these dates, created the day it starts.
    pub(crate) fn pass(start: &str, end: &str) -> Pass {
        let period = Period { start: start.parse().unwrap(), end: end.parse().unwrap() };
        let created_at = Utc.from_utc_datetime(&period.start.and_hms_opt(8, 0, 0).unwrap());
        Pass {
            id: PassId::at(created_at),
            number: PassNumber::parse("XXXXX0000001").unwrap(),
            candidate: CandidateId(uuid::Uuid::from_u128(77)),
            parcours: Parcours::issued(period),
            diagnosis: DiagnosisId(uuid::Uuid::from_u128(78)),
            created_at,
        }
    }

    #[test]
    fn only_a_pass_that_has_not_started_moves_and_on_the_side_that_is_asked() {
        let application = ApplicationId(uuid::Uuid::from_u128(1));
        let future = pass("2027-03-15", "2029-03-13");
        let moved = |start: &str, towards, today: &str| {
            let (start, today) = (start.parse().unwrap(), today.parse().unwrap());
            future.moved(start, towards, today, application).map(|moved| moved.value().period())
        };
        for (start, towards, today, moves, why) in [
            ("2027-02-01", Ordering::Less, "2027-01-10", true, "earlier"),
            ("2027-04-01", Ordering::Less, "2027-01-10", false, "never later"),
            ("2027-03-15", Ordering::Less, "2027-01-10", false, "nothing to move"),
            ("2027-03-01", Ordering::Less, "2027-03-15", false, "it has started"),
            ("2027-04-01", Ordering::Greater, "2027-03-14", true, "later, on the eve"),
            ("2027-04-01", Ordering::Greater, "2027-03-15", false, "it has started"),
            ("2027-02-01", Ordering::Greater, "2027-01-10", false, "never earlier"),
            ("2027-03-15", Ordering::Greater, "2027-01-10", false, "nothing to move"),
        ] {
            let expected = moves.then(|| default_period(start.parse().unwrap()));
            assert_eq!(moved(start, towards, today), expected, "{why}");
        }
    }
}
