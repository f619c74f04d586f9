//! What happens to a diagnosis.

use chrono::NaiveDate;
use serde::Serialize;

use super::AuthorKind;
use crate::event::happenings;
use crate::ids::{CandidateId, DiagnosisId};

/// Something happened to a diagnosis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiagnosisEvent {
    /// The diagnosis.
    pub diagnosis: DiagnosisId,
    /// The person.
    pub candidate: CandidateId,
    /// What happened.
    pub change: DiagnosisChange,
}

/// What happened to a diagnosis.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum DiagnosisChange {
    /// It was made.
    Made {
        /// By which kind of organisation.
        by: AuthorKind,
        /// First day it no longer holds.
        expires_on: NaiveDate,
    },
    /// A newer one replaced it: it ended that day (rule book 03 §2.8).
    Replaced {
        /// The newer one.
        by: DiagnosisId,
        /// The date it would have ended.
        expired_on: NaiveDate,
    },
}

happenings! {
    DiagnosisEvent: DiagnosisChange about "diagnosis" diagnosis {
        Made = "diagnosis.made", "Diagnostic établi";
        Replaced = "diagnosis.replaced", "Diagnostic remplacé";
    }
}
