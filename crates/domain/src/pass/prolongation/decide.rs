//! A prescripteur habilité grants a request, refuses it, or hands it over to a colleague (rule book 03 §6.6, D9).

use chrono::{DateTime, NaiveDate, Utc};

use super::{
    Addressed, Denial, Prolongation, ProlongationMistake, ProlongationRequest, Prolonged, RequestParties,
    RequestState,
};
use crate::Changed;
use crate::ids::{ProlongationId, UserId};
use crate::pass::{Pass, PassChange};

/// Someone decided first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the request was decided")]
pub struct AlreadyDecided;

/// Why nothing is decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DecideRefused {
    /// Someone decided first.
    #[error(transparent)]
    AlreadyDecided(#[from] AlreadyDecided),
    /// The organisation lost its authorisation since the page was read.
    #[error("the organisation is no longer authorised")]
    NotAuthorised,
    /// The end of the PASS has changed since the page was read (D32).
    #[error("the PASS now ends on {end}")]
    EndMoved {
        /// Its end now.
        end: NaiveDate,
    },
    /// The PASS was closed early: nothing prolongs it.
    #[error("the PASS was closed")]
    Closed,
    /// The PASS cannot take it any more.
    #[error(transparent)]
    Mistake(#[from] ProlongationMistake),
    /// The colleague is no active member of the organisation.
    #[error("not a colleague")]
    NotAColleague,
}

/// A request once it is decided, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// The request.
    pub request: ProlongationRequest,
    /// What it gives, when it is granted.
    pub prolonged: Option<Prolonged>,
    /// Why it is refused.
    pub denial: Option<Denial>,
    /// By whom.
    pub by: UserId,
    /// When.
    pub at: DateTime<Utc>,
}

impl ProlongationRequest {
    /// Grants it: the PASS is prolonged by the days that were asked, from its end as it is (rule book 03 §6.8).
    pub fn grant(
        self,
        pass: &Pass,
        seen: Option<NaiveDate>,
        by: UserId,
        is_authorised: bool,
        at: DateTime<Utc>,
    ) -> Result<Changed<Decided>, DecideRefused> {
        self.ensure_decidable(is_authorised)?;
        if pass.parcours.closed_on().is_some() {
            return Err(DecideRefused::Closed);
        }
        let end = pass.parcours.end();
        if seen != Some(end) {
            return Err(DecideRefused::EndMoved { end });
        }
        let parcours = pass.parcours.grant(self.reason, self.period)?;
        let RequestParties { company, declared_by, addressed } = self.parties;
        let prolongation = Prolongation {
            id: ProlongationId::at(at),
            reason: self.reason,
            period: self.period,
            company,
            declared_by,
            condition_declared: self.condition_declared,
            granted: Some((self.id, by, addressed.organisation)),
            created_at: at,
        };
        let change = PassChange::ProlongationGranted {
            request: self.id,
            prolongation: prolongation.id,
            end: parcours.end(),
            parties: self.parties,
        };
        let event = self.event(change);
        let prolonged = Prolonged { pass: Pass { parcours, ..pass.clone() }, prolongation };
        let request = Self { state: RequestState::Granted, ..self };
        Ok(Changed::new(Decided { request, prolonged: Some(prolonged), denial: None, by, at }, event))
    }

    /// Refuses it, with reasons.
    pub fn deny(
        self,
        denial: Denial,
        by: UserId,
        is_authorised: bool,
        at: DateTime<Utc>,
    ) -> Result<Changed<Decided>, DecideRefused> {
        self.ensure_decidable(is_authorised)?;
        let change =
            PassChange::ProlongationDenied { request: self.id, reason: denial.reason, parties: self.parties };
        let event = self.event(change);
        let request = Self { state: RequestState::Denied, ..self };
        Ok(Changed::new(Decided { request, prolonged: None, denial: Some(denial), by, at }, event))
    }

    /// Gives it back to the SIAE that asked, once the organisation it is addressed to is no longer authorised (D15).
    pub fn give_back(self) -> Option<Changed<Self>> {
        if self.state != RequestState::Pending {
            return None;
        }
        let event = self.event(PassChange::ProlongationReturned { request: self.id, parties: self.parties });
        Some(Changed::new(Self { state: RequestState::Returned, ..self }, event))
    }

    fn ensure_decidable(&self, is_authorised: bool) -> Result<(), DecideRefused> {
        match self.state {
            RequestState::Granted | RequestState::Denied | RequestState::Returned => {
                Err(AlreadyDecided.into())
            }
            RequestState::Pending if !is_authorised => Err(DecideRefused::NotAuthorised),
            RequestState::Pending => Ok(()),
        }
    }
}

/// Hands a request over to a colleague; to whoever has it already, nothing happens.
pub fn delegate(
    request: ProlongationRequest,
    to: UserId,
    is_colleague: bool,
    is_authorised: bool,
) -> Result<Option<Changed<ProlongationRequest>>, DecideRefused> {
    request.ensure_decidable(is_authorised)?;
    if !is_colleague {
        return Err(DecideRefused::NotAColleague);
    }
    if request.parties.addressed.assignee == to {
        return Ok(None);
    }
    let addressed = Addressed { assignee: to, ..request.parties.addressed };
    let request = ProlongationRequest { parties: RequestParties { addressed, ..request.parties }, ..request };
    let change = PassChange::ProlongationDelegated { request: request.id, to, parties: request.parties };
    let event = request.event(change);
    Ok(Some(Changed::new(request, event)))
}
