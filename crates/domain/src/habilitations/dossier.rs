//! A request of habilitation, as it is kept, from its draft to the end of the right.

use chrono::{DateTime, NaiveDate, Utc};

use super::apply::Missing;
use super::event::{HabilitationChange, HabilitationEvent};
use super::order::{GivenOpinion, Order};
use crate::Changed;
use crate::code::code;
use crate::ids::{HabilitationId, HabilitationPieceId, OrganisationId};
use crate::time::{add_months, paris_date};

/// The longest answer to each question of a request, in characters.
pub const WRITTEN_MAX_CHARS: usize = 3000;

/// Months in which an answer is expected: the general delay of the administration (CRPA, art. L. 231-1 and L. 231-4). The page says it,
/// nothing is decided by it.
pub const ANSWER_MONTHS: u32 = 2;

code! {
    /// Where a request is.
    HabilitationState {
        Draft = "draft", "Brouillon";
        Submitted = "submitted", "À instruire";
        Completing = "completing", "Complément demandé";
        Granted = "granted", "Accordée";
        Refused = "refused", "Refusée";
        Revoked = "revoked", "Abrogée";
    }
}

impl HabilitationState {
    /// Whether the organisation may still write it.
    pub const fn is_written(self) -> bool {
        match self {
            Self::Draft | Self::Completing => true,
            Self::Submitted | Self::Granted | Self::Refused | Self::Revoked => false,
        }
    }

    /// Whether the DDETS has to decide of it.
    pub const fn is_instructed(self) -> bool {
        match self {
            Self::Submitted | Self::Completing => true,
            Self::Draft | Self::Granted | Self::Refused | Self::Revoked => false,
        }
    }

    /// Whether it is decided.
    pub const fn is_decided(self) -> bool {
        match self {
            Self::Granted | Self::Refused | Self::Revoked => true,
            Self::Draft | Self::Submitted | Self::Completing => false,
        }
    }
}

/// What an organisation writes: the four points of the instruction (guide P2 §1.1), and what it declares of the years that end.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// Point 1: how the services of the State know it.
    pub identified: String,
    /// Point 2: whom it receives or accompanies.
    pub mission: String,
    /// Point 3: who makes the diagnosis, and what they know of the IAE.
    pub staff: String,
    /// Point 4: the need that national prescribers do not meet.
    pub need: String,
    /// At a renewal: agreements with the structures of the territory.
    pub agreements: String,
    /// At a renewal: part taken in the local bodies.
    pub local_bodies: String,
}

/// A file given with a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Its id.
    pub id: HabilitationPieceId,
    /// What it is, in the words of who gave it.
    pub label: String,
    /// When it was given.
    pub given_at: DateTime<Utc>,
}

/// A request of habilitation, or an order that was entered without one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Habilitation {
    /// Its id.
    pub id: HabilitationId,
    /// Who asks.
    pub organisation: OrganisationId,
    /// The département whose DDETS instructs it.
    pub department: String,
    /// That DDETS, when it has an active member: the team acts in its place otherwise.
    pub ddets: Option<OrganisationId>,
    /// The organisation had the right already.
    pub is_renewal: bool,
    /// No request was made here: an order was entered.
    pub is_recorded: bool,
    /// Where it is.
    pub state: HabilitationState,
    /// What the organisation wrote.
    pub written: Written,
    /// How many files it gave.
    pub pieces: usize,
    /// What the DDETS asked for last.
    pub complement: Option<String>,
    /// What the commission said.
    pub opinion: Option<GivenOpinion>,
    /// The order that granted it.
    pub order: Option<Order>,
    /// Why it was refused, or revoked.
    pub reason: Option<String>,
    /// When it was begun.
    pub begun_at: DateTime<Utc>,
    /// When it was last submitted.
    pub submitted_at: Option<DateTime<Utc>>,
    /// When it was decided.
    pub decided_at: Option<DateTime<Utc>>,
    /// When it last changed: what a form saw (D32).
    pub changed_at: DateTime<Utc>,
    /// The last announcement of its end that was sent, in months before it.
    pub announced_months: Option<u32>,
    /// When its end was told.
    pub ended_at: Option<DateTime<Utc>>,
}

/// Why nothing is done to a request.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HabilitationRefused {
    /// It changed since the page was read (D32).
    #[error("the request changed since the page was read")]
    Overtaken,
    /// It is not in a state where this may be done.
    #[error("the request is {0:?}")]
    NotNow(HabilitationState),
    /// It lacks something.
    #[error("the request lacks {0:?}")]
    Lacks(Vec<Missing>),
    /// The opinion of the commission comes before the decision (guide P2 §1.1).
    #[error("the opinion of the commission is not recorded")]
    NoOpinion,
    /// The opinion says a day that is still to come.
    #[error("the opinion is dated in the future")]
    OpinionInTheFuture,
    /// The opinion says a day before the request was made.
    #[error("the opinion may not be dated before {from}")]
    OpinionTooEarly {
        /// First day it may say.
        from: NaiveDate,
    },
    /// This order was entered already.
    #[error("the order was entered already")]
    AlreadyEntered,
    /// Another organisation of this SIRET was authorised by the prefect (PRE-3).
    #[error("another organisation of this SIRET is authorised by the prefect")]
    SameSiret,
    /// The organisation needs no request, or not yet.
    #[error(transparent)]
    NotNeeded(#[from] super::apply::NotNeeded),
}

impl Habilitation {
    /// The day by which an answer is expected, while it is instructed.
    pub fn expected_by(&self) -> Option<NaiveDate> {
        let submitted = self.submitted_at.filter(|_| self.state == HabilitationState::Submitted)?;
        Some(add_months(paris_date(submitted), ANSWER_MONTHS))
    }

    /// The first day on which the commission may have said something of it: that on which it was submitted. Submitted again with a
    /// complement, it says no more when it was first, and the commission may have heard it in between: then, the day it was begun.
    pub fn heard_from(&self) -> NaiveDate {
        let submitted = self.submitted_at.filter(|_| self.complement.is_none());
        paris_date(submitted.unwrap_or(self.begun_at))
    }

    /// Whether its right runs on that day.
    pub fn is_in_force(&self, today: NaiveDate) -> bool {
        self.state == HabilitationState::Granted
            && self.order.as_ref().is_some_and(|order| order.period.contains(today))
    }

    /// Whether its right is over: granted, never revoked, and its last day has gone.
    pub fn is_over(&self, today: NaiveDate) -> bool {
        self.state == HabilitationState::Granted
            && self.order.as_ref().is_some_and(|order| order.period.end < today)
    }

    /// Nothing is done to what changed since it was read (D32).
    pub(super) fn ensure_seen(&self, seen: Option<DateTime<Utc>>) -> Result<(), HabilitationRefused> {
        if seen == Some(self.changed_at) { Ok(()) } else { Err(HabilitationRefused::Overtaken) }
    }

    /// It as it changed, with its event.
    pub(super) fn told(self, change: HabilitationChange) -> Changed<Self> {
        let event = self.event(change);
        Changed::new(self, event)
    }

    /// What happens to it.
    pub(super) const fn event(&self, change: HabilitationChange) -> HabilitationEvent {
        HabilitationEvent {
            habilitation: self.id,
            organisation: self.organisation,
            ddets: self.ddets,
            change,
        }
    }
}
