//! What happens to a PASS.

use chrono::NaiveDate;
use serde::Serialize;

use super::prolongation::{DenialReason, ProlongationReason, RequestParties};
use crate::event::happenings;
use crate::ids::{
    ApplicationId, CandidateId, OrganisationId, PassId, ProlongationId, ProlongationRequestId, UserId,
};
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
    /// An SIAE declared a prolongation (rule book 03 §6.3).
    ProlongationDeclared {
        /// The prolongation.
        prolongation: ProlongationId,
        /// Why.
        reason: ProlongationReason,
        /// From its end to the end it was given.
        period: Period,
    },
    /// An SIAE asked for a prolongation (rule book 03 §6.6).
    ProlongationAsked {
        /// The request.
        request: ProlongationRequestId,
        /// Why.
        reason: ProlongationReason,
        /// What is asked.
        period: Period,
        /// Who asks whom.
        #[serde(skip)]
        parties: RequestParties,
    },
    /// A request was handed over to a colleague.
    ProlongationDelegated {
        /// The request.
        request: ProlongationRequestId,
        /// Whom to.
        to: UserId,
        /// Who asks whom.
        #[serde(skip)]
        parties: RequestParties,
    },
    /// A request was reminded to those who may answer it (rule book 03 §6.7).
    ProlongationReminded {
        /// The request.
        request: ProlongationRequestId,
        /// Whom it was reminded to.
        told: Vec<UserId>,
        /// Their organisation.
        #[serde(skip)]
        organisation: OrganisationId,
    },
    /// A request was granted.
    ProlongationGranted {
        /// The request.
        request: ProlongationRequestId,
        /// The prolongation it gave.
        prolongation: ProlongationId,
        /// The end of the PASS from then on.
        end: NaiveDate,
        /// Who asked whom.
        #[serde(skip)]
        parties: RequestParties,
    },
    /// A request was refused.
    ProlongationDenied {
        /// The request.
        request: ProlongationRequestId,
        /// Why.
        reason: DenialReason,
        /// Who asked whom.
        #[serde(skip)]
        parties: RequestParties,
    },
}

happenings! {
    PassEvent: PassChange about "pass" pass {
        Issued = "pass.issued", "PASS IAE délivré";
        Moved = "pass.moved", "PASS IAE avancé";
        ProlongationDeclared = "pass.prolongation_declared", "Prolongation déclarée";
        ProlongationAsked = "pass.prolongation_asked", "Prolongation demandée";
        ProlongationDelegated = "pass.prolongation_delegated", "Demande de prolongation confiée à un collègue";
        ProlongationReminded = "pass.prolongation_reminded", "Demande de prolongation relancée";
        ProlongationGranted = "pass.prolongation_granted", "Prolongation acceptée";
        ProlongationDenied = "pass.prolongation_denied", "Prolongation refusée";
    }
}
