//! A request to prolong a PASS, as it is kept.

use chrono::{DateTime, Utc};

use super::ProlongationReason;
use crate::code::code;
use crate::ids::{CandidateId, OrganisationId, PassId, ProlongationRequestId, UserId};
use crate::text::{Email, Message, PhoneNumber};
use crate::time::Period;

/// The longest answer to each question of the review of a pathway, in characters.
pub const REVIEW_MAX_CHARS: usize = 2000;

code! {
    /// Where a request is (rule book 03 §6.6).
    RequestState {
        Pending = "pending", "À traiter";
        Granted = "granted", "Acceptée";
        Denied = "denied", "Refusée";
        /// The organisation it was addressed to is no longer authorised: the SIAE asks another one (D15).
        Returned = "returned", "Rendue à la structure";
    }
}

/// What was done on the pathway, what is left, what is planned (D8).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// What was done.
    pub done: Message<REVIEW_MAX_CHARS>,
    /// The obstacles left.
    pub obstacles: Message<REVIEW_MAX_CHARS>,
    /// The actions planned.
    pub planned: Message<REVIEW_MAX_CHARS>,
}

/// Whom the prescriber may call: both are given, or none (rule book 03 §6.3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InterviewContact {
    /// Address.
    pub email: Email,
    /// Number.
    pub phone: PhoneNumber,
}

/// The prescriber a request is addressed to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Addressed {
    /// Their organisation: each of its members may answer.
    pub organisation: OrganisationId,
    /// The prescriber.
    pub assignee: UserId,
}

/// Who is told of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RequestParties {
    /// The SIAE.
    pub company: OrganisationId,
    /// Its member who asked.
    pub declared_by: UserId,
    /// The prescriber.
    pub addressed: Addressed,
}

/// A request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProlongationRequest {
    /// Its id.
    pub id: ProlongationRequestId,
    /// The PASS.
    pub pass: PassId,
    /// The holder.
    pub candidate: CandidateId,
    /// Why.
    pub reason: ProlongationReason,
    /// From the end of the PASS when it was asked to the end that is asked for.
    pub period: Period,
    /// Who asks whom.
    pub parties: RequestParties,
    /// Whether the SIAE declared what nothing recorded proves (D12).
    pub condition_declared: bool,
    /// Where it is.
    pub state: RequestState,
    /// When it was asked.
    pub created_at: DateTime<Utc>,
    /// When it was last reminded.
    pub reminded_at: Option<DateTime<Utc>>,
}

/// A request with all that is written once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewProlongationRequest {
    /// The request.
    pub request: ProlongationRequest,
    /// The review of the pathway.
    pub review: Review,
    /// Whom to call, when an interview by phone is wanted.
    pub contact: Option<InterviewContact>,
}
