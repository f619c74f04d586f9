//! Why a suspension is not recorded, changed, lifted or removed.

use chrono::NaiveDate;

use super::{LiftMistake, NotSuspendable, SuspensionMistake};
use crate::ids::OrganisationId;

/// Why nothing is done about the suspensions of a PASS.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SuspensionRefused {
    /// Another SIAE hired since: it decides now (rule book 03 §5.2).
    #[error("another SIAE hired since")]
    AnotherHired {
        /// The SIAE.
        company: OrganisationId,
        /// First day of its contract.
        starts_on: NaiveDate,
    },
    /// A prescriber neither suspends during a contract nor changes what another organisation recorded (rule book 03 §12, X1).
    #[error("a contract runs")]
    ContractRuns {
        /// The SIAE.
        company: OrganisationId,
        /// Last day of the contract, when it has one.
        until: Option<NaiveDate>,
    },
    /// Another organisation recorded the suspension that runs.
    #[error("another organisation recorded the suspension")]
    NotTheirs {
        /// The organisation.
        organisation: OrganisationId,
    },
    /// The last contract has not started: nothing before it is suspended.
    #[error("the last contract starts on {from}")]
    ContractStarts {
        /// Its first day.
        from: NaiveDate,
    },
    /// It is no time to suspend it.
    #[error(transparent)]
    NotSuspendable(#[from] NotSuspendable),
    /// No suspension runs today: past ones are frozen.
    #[error("no suspension runs today")]
    NothingRuns,
    /// The PASS ends on another day than the one that was shown (D32).
    #[error("the PASS now ends on {end}")]
    EndMoved {
        /// Its last day.
        end: NaiveDate,
    },
    /// What is asked of the suspension does not hold: each mistake, so that a form says all at once.
    #[error("the suspension has mistakes")]
    Terms(Vec<TermsMistake>),
    /// The day of the return does not hold.
    #[error(transparent)]
    Return(#[from] LiftMistake),
}

/// What is wrong with what is asked of a suspension.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TermsMistake {
    /// The reason is not offered to them (rule book 03 §5.3).
    ReasonNotOffered,
    /// Its days do not hold.
    Days(SuspensionMistake),
}
