//! An SIAE declares a prolongation, or asks a prescripteur habilité for one (rule book 03 §6.2, §6.3, §6.5).

use chrono::{DateTime, NaiveDate, Utc};

use super::{
    Addressed, InterviewContact, NewProlongationRequest, NotProlongable, ProlongationFacts,
    ProlongationMistake, ProlongationReason, ProlongationRequest, RequestParties, RequestState, Review,
    owes_report,
};
use crate::Changed;
use crate::actor::EmployerActor;
use crate::ids::{OrganisationId, ProlongationId, ProlongationRequestId, UserId};
use crate::pass::{HeldPass, Parcours, Pass, PassChange, PassEvent};
use crate::time::Period;

/// A prolongation as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prolongation {
    /// Its id.
    pub id: ProlongationId,
    /// Why.
    pub reason: ProlongationReason,
    /// From the end of the PASS to the end it gives.
    pub period: Period,
    /// The SIAE that declared or asked.
    pub company: OrganisationId,
    /// Its member who did.
    pub declared_by: UserId,
    /// Whether the SIAE declared what nothing recorded proves (D12).
    pub condition_declared: bool,
    /// The request it grants, who granted it, for which organisation; none when it was declared.
    pub granted: Option<(ProlongationRequestId, UserId, OrganisationId)>,
    /// When it was recorded.
    pub created_at: DateTime<Utc>,
}

/// A PASS and the prolongation it was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prolonged {
    /// The PASS.
    pub pass: Pass,
    /// The prolongation.
    pub prolongation: Prolongation,
}

/// What an SIAE wants, whoever decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    /// Why.
    pub reason: ProlongationReason,
    /// Until when.
    pub end: NaiveDate,
    /// The end of the PASS the form was made from; none when it does not say (D32).
    pub seen: Option<NaiveDate>,
    /// Whether the SIAE certifies what the reason asks for.
    pub is_certified: bool,
}

/// A prolongation declared: a CDI, a training.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declaration {
    /// The id it will have: posting it twice declares once.
    pub id: ProlongationId,
    /// What is wanted.
    pub wanted: Wanted,
}

/// What is known of the others when a prolongation is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AskFacts {
    /// A request waits on the PASS.
    pub is_pending: bool,
    /// The prescriber is a member of an authorised organisation.
    pub is_authorised: bool,
    /// A report of the pathway is given with the request.
    pub has_report: bool,
}

/// A prolongation asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// The id of the request: posting it twice asks once.
    pub id: ProlongationRequestId,
    /// What is wanted.
    pub wanted: Wanted,
    /// The review of the pathway (D8).
    pub review: Review,
    /// Whom to call, when an interview by phone is wanted.
    pub contact: Option<InterviewContact>,
    /// The prescriber.
    pub addressed: Addressed,
}

/// Why nothing can be declared nor asked today (rule book 03 §6.2, points 1 to 4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotOpen {
    /// The holder has a newer PASS.
    #[error("the holder has a newer PASS")]
    NotLatest,
    /// A request waits for its answer.
    #[error("a request waits for its answer")]
    Pending,
    /// The PASS itself does not allow it.
    #[error(transparent)]
    Pass(#[from] NotProlongable),
}

/// Why a prolongation is neither declared nor asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProlongRefused {
    /// It is not the day for it.
    #[error(transparent)]
    NotOpen(#[from] NotOpen),
    /// The end of the PASS has changed since the form was made (D32).
    #[error("the PASS now ends on {end}")]
    EndMoved {
        /// Its end now.
        end: NaiveDate,
    },
    /// The reason or the end are mistaken.
    #[error("the prolongation is mistaken")]
    Mistakes(Vec<ProlongationMistake>),
    /// The SIAE does not certify that the conditions are met.
    #[error("the conditions are not certified")]
    NotCertified,
    /// The reason is not one to declare, or not one to ask for.
    #[error("the reason takes another way")]
    OtherWay,
    /// The prescriber is no member of an authorised organisation.
    #[error("the prescriber is not authorised")]
    NotAuthorised,
    /// An AI gives no report of the pathway (rule book 03 §6.3, X3).
    #[error("the report of the pathway is missing")]
    NoReport,
}

impl Wanted {
    /// The SIAE certifies that the conditions of the reason are met: asked once nothing else is wrong.
    const fn certified(self) -> Result<(), ProlongRefused> {
        if self.is_certified { Ok(()) } else { Err(ProlongRefused::NotCertified) }
    }
}

impl HeldPass {
    /// Whether a prolongation may be declared or asked today, whoever asks (rule book 03 §6.2).
    pub fn prolongation_open(&self, is_pending: bool, today: NaiveDate) -> Result<(), NotOpen> {
        self.pass.parcours.prolongation_possible(today)?;
        if !self.is_latest(today) {
            return Err(NotOpen::NotLatest);
        }
        if is_pending { Err(NotOpen::Pending) } else { Ok(()) }
    }

    /// Declares a prolongation: the PASS is prolonged at once.
    pub fn declare_prolongation(
        &self,
        Declaration { id, wanted }: Declaration,
        by: &EmployerActor,
        is_pending: bool,
        (now, today): (DateTime<Utc>, NaiveDate),
    ) -> Result<Changed<Prolonged>, ProlongRefused> {
        if wanted.reason.needs_prescriber() {
            return Err(ProlongRefused::OtherWay);
        }
        let parcours = self.preview_prolongation(wanted, by, is_pending, today)?;
        wanted.certified()?;
        let prolongation = Prolongation {
            id,
            reason: wanted.reason,
            period: Period { start: self.pass.parcours.end(), end: wanted.end },
            company: by.organisation,
            declared_by: by.user,
            condition_declared: wanted.reason.is_declared(self.birth_date),
            granted: None,
            created_at: now,
        };
        let Prolongation { reason, period, .. } = prolongation;
        let change = PassChange::ProlongationDeclared { prolongation: id, reason, period };
        let event = PassEvent { pass: self.pass.id, candidate: self.pass.candidate, change };
        let pass = Pass { parcours, ..self.pass.clone() };
        Ok(Changed::new(Prolonged { pass, prolongation }, event))
    }

    /// Asks for a prolongation: the PASS changes when it is granted.
    pub fn ask_prolongation(
        &self,
        ask: Ask,
        by: &EmployerActor,
        facts: AskFacts,
        (now, today): (DateTime<Utc>, NaiveDate),
    ) -> Result<Changed<NewProlongationRequest>, ProlongRefused> {
        let Ask { id, wanted, review, contact, addressed } = ask;
        if !wanted.reason.needs_prescriber() {
            return Err(ProlongRefused::OtherWay);
        }
        self.preview_prolongation(wanted, by, facts.is_pending, today)?;
        if owes_report(by.kind) && !facts.has_report {
            return Err(ProlongRefused::NoReport);
        }
        wanted.certified()?;
        if !facts.is_authorised {
            return Err(ProlongRefused::NotAuthorised);
        }
        let request = ProlongationRequest {
            id,
            pass: self.pass.id,
            candidate: self.pass.candidate,
            reason: wanted.reason,
            period: Period { start: self.pass.parcours.end(), end: wanted.end },
            parties: RequestParties { company: by.organisation, declared_by: by.user, addressed },
            condition_declared: wanted.reason.is_declared(self.birth_date),
            state: RequestState::Pending,
            created_at: now,
            reminded_at: None,
        };
        let change = PassChange::ProlongationAsked {
            request: id,
            reason: request.reason,
            period: request.period,
            parties: request.parties,
        };
        let event = request.event(change);
        Ok(Changed::new(NewProlongationRequest { request, review, contact }, event))
    }

    /// The parcours as it would be, or what stands in the way: nothing is certified yet.
    pub fn preview_prolongation(
        &self,
        wanted: Wanted,
        by: &EmployerActor,
        is_pending: bool,
        today: NaiveDate,
    ) -> Result<Parcours, ProlongRefused> {
        let parcours = &self.pass.parcours;
        self.prolongation_open(is_pending, today)?;
        if wanted.seen != Some(parcours.end()) {
            return Err(ProlongRefused::EndMoved { end: parcours.end() });
        }
        let facts = ProlongationFacts { kind: by.kind, birth_date: self.birth_date };
        let prolonged = parcours.prolong(wanted.reason, wanted.end, facts, today);
        prolonged.map_err(ProlongRefused::Mistakes)
    }
}

impl ProlongationRequest {
    /// What happened to it, told of the PASS.
    pub(super) const fn event(&self, change: PassChange) -> PassEvent {
        PassEvent { pass: self.pass, candidate: self.candidate, change }
    }
}

#[cfg(test)]
mod tests;
