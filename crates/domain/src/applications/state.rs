//! The states of an application and the matrix of its transitions (rule book 02 §3).

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::refuse::RefusalReason;
use crate::code::code;
use crate::ids::{DiagnosisId, JobDescriptionId, PassId};

/// How long a company sees an application it received and did not accept (VIS-1).
const VISIBILITY: TimeDelta = TimeDelta::days(730);

/// What was received before then is no longer shown to the company, unless it accepted it (VIS-1). The SQL function
/// `company_sees` takes it.
pub fn visible_since(now: DateTime<Utc>) -> DateTime<Utc> {
    now - VISIBILITY
}

code! {
    /// States, as stored and shown (rule book 02 §3.1).
    StateCode {
        New = "new", "Nouvelle candidature";
        Processing = "processing", "Candidature à l’étude";
        Postponed = "postponed", "Candidature en attente";
        Pool = "pool", "Vivier de candidatures";
        PriorToHire = "prior_to_hire", "Action préalable à l’embauche";
        Accepted = "accepted", "Candidature acceptée";
        Refused = "refused", "Candidature déclinée";
        Cancelled = "cancelled", "Embauche annulée";
        Obsolete = "obsolete", "Embauché ailleurs";
    }
}

code! {
    /// Transitions an application may go through (rule book 02 §3.2).
    Transition {
        Process = "process", "Étudier";
        Postpone = "postpone", "Mettre en attente";
        Refuse = "refuse", "Décliner";
        Accept = "accept", "Accepter";
        Cancel = "cancel", "Annuler l’embauche";
        RenderObsolete = "render_obsolete", "Rendre obsolète";
    }
}

/// The state of an application, with what is particular to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// Just received.
    New,
    /// Being studied.
    Processing,
    /// On hold, with an answer.
    Postponed {
        /// The day the company wants to come back to it, if it set one.
        resume_on: Option<NaiveDate>,
    },
    /// Kept for later openings.
    Pool,
    /// GEIQ only: an action before the hire.
    PriorToHire,
    /// Hired.
    Accepted(Hiring),
    /// Declined.
    Refused(Refusal),
    /// The hire was cancelled after acceptance.
    Cancelled {
        /// When.
        at: DateTime<Utc>,
    },
    /// The candidate was hired through another application.
    Obsolete {
        /// When.
        at: DateTime<Utc>,
    },
}

/// What an acceptance records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hiring {
    /// When the application was accepted.
    pub at: DateTime<Utc>,
    /// First day of the contract.
    pub starts_on: NaiveDate,
    /// Last day, indicative; none for an open-ended contract.
    pub ends_on: Option<NaiveDate>,
    /// The job description kept for the hire.
    pub job: Option<JobDescriptionId>,
    /// The diagnosis the hire rests on.
    pub diagnosis: Option<DiagnosisId>,
    /// How the PASS was delivered.
    pub delivery: PassDelivery,
}

/// How the PASS of a hire is delivered (rule book 02 §2, `approval_delivery_mode`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PassDelivery {
    /// The company is not an SIAE: no PASS.
    NotRequired,
    /// Issued or reused at acceptance.
    Automatic(PassId),
    /// No identifier of the person is known: the platform's team is to deliver it (rule book 02 §6.7, 03 §4.10).
    Manual,
    /// The team delivered it.
    DeliveredByHand(PassId),
    /// The team refused to.
    RefusedByHand {
        /// When.
        at: DateTime<Utc>,
    },
}

impl PassDelivery {
    /// The PASS of the hire, once it has one.
    pub const fn pass(self) -> Option<PassId> {
        match self {
            Self::Automatic(pass) | Self::DeliveredByHand(pass) => Some(pass),
            Self::NotRequired | Self::Manual | Self::RefusedByHand { .. } => None,
        }
    }
}

/// What a refusal records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// When the application was refused.
    pub at: DateTime<Utc>,
    /// Why.
    pub reason: RefusalReason,
    /// Whether the candidate may read the reason (REF-1).
    pub shared_with_candidate: bool,
}

impl State {
    /// The stored code.
    pub const fn code(&self) -> StateCode {
        match self {
            Self::New => StateCode::New,
            Self::Processing => StateCode::Processing,
            Self::Postponed { .. } => StateCode::Postponed,
            Self::Pool => StateCode::Pool,
            Self::PriorToHire => StateCode::PriorToHire,
            Self::Accepted(_) => StateCode::Accepted,
            Self::Refused(_) => StateCode::Refused,
            Self::Cancelled { .. } => StateCode::Cancelled,
            Self::Obsolete { .. } => StateCode::Obsolete,
        }
    }
}

impl StateCode {
    /// Whether the employer still has to answer: these become obsolete when the person is hired elsewhere.
    pub const fn is_pending(self) -> bool {
        match self {
            Self::New | Self::Processing | Self::Postponed => true,
            Self::Pool
            | Self::PriorToHire
            | Self::Accepted
            | Self::Refused
            | Self::Cancelled
            | Self::Obsolete => false,
        }
    }

    /// Whether it is an answer of the employer that whoever sent the application wants to read.
    pub const fn is_answer(self) -> bool {
        match self {
            Self::Postponed | Self::Accepted | Self::Refused => true,
            Self::New
            | Self::Processing
            | Self::Pool
            | Self::PriorToHire
            | Self::Cancelled
            | Self::Obsolete => false,
        }
    }

    /// Whether the transition is allowed from this state (rule book 02 §3.2, WF-1 to WF-3).
    pub const fn allows(self, transition: Transition) -> bool {
        use StateCode::{
            Accepted, Cancelled, New, Obsolete, Pool, Postponed, PriorToHire, Processing, Refused,
        };
        match transition {
            Transition::Process => matches!(self, New | Pool),
            Transition::Postpone => matches!(self, New | Processing | Pool | PriorToHire),
            Transition::Refuse => matches!(self, New | Processing | Postponed | Pool | PriorToHire),
            Transition::Accept => match self {
                New | Processing | Postponed | Pool | PriorToHire | Refused | Cancelled | Obsolete => true,
                Accepted => false,
            },
            Transition::Cancel => matches!(self, Accepted),
            Transition::RenderObsolete => self.is_pending(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rule book 02 §3.2, row by row.
    #[test]
    fn the_transition_matrix() {
        use StateCode::*;
        let rows: &[(Transition, &[StateCode])] = &[
            (Transition::Process, &[New, Pool]),
            (Transition::Postpone, &[New, Processing, Pool, PriorToHire]),
            (Transition::Refuse, &[New, Processing, Postponed, Pool, PriorToHire]),
            (
                Transition::Accept,
                &[New, Processing, Postponed, Pool, PriorToHire, Refused, Cancelled, Obsolete],
            ),
            (Transition::Cancel, &[Accepted]),
            (Transition::RenderObsolete, &[New, Processing, Postponed]),
        ];
        for (transition, allowed) in rows {
            for state in StateCode::ALL {
                assert_eq!(
                    state.allows(*transition),
                    allowed.contains(state),
                    "{transition:?} from {state:?}"
                );
            }
        }
    }
}
