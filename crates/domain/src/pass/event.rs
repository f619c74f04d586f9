//! What happens to a PASS.

use serde::Serialize;

use crate::event::happenings;
use crate::ids::{ApplicationId, CandidateId, PassId};
use crate::time::Period;

/// Something happened to a PASS.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PassEvent {
    /// The PASS.
    pub pass: PassId,
    /// Its holder.
    pub candidate: CandidateId,
    /// What happened.
    pub change: PassChange,
}

/// What happened to a PASS.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum PassChange {
    /// It was issued by the acceptance of an application.
    Issued {
        /// The application.
        application: ApplicationId,
        /// Its period.
        period: Period,
    },
    /// It had not started and was moved to an earlier contract start (rule book 03 §4.7).
    Moved {
        /// The application whose contract starts earlier.
        application: ApplicationId,
        /// Its period before.
        from: Period,
        /// Its period after.
        to: Period,
    },
}

happenings! {
    PassEvent: PassChange about "pass" pass {
        Issued = "pass.issued", "PASS IAE délivré";
        Moved = "pass.moved", "PASS IAE avancé";
    }
}
