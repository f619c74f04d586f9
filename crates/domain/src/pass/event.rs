//! What happens to a PASS.

use chrono::NaiveDate;
use serde::Serialize;

use super::closure::ClosureReason;
use super::correction::CorrectionReason;
use super::prolongation::{Addressed, DenialReason, ProlongationReason, RequestParties};
use super::suspension::SuspensionReason;
use crate::code::code;
use crate::event::happenings;
use crate::ids::{
    ApplicationId, CandidateId, OrganisationId, PassId, ProlongationId, ProlongationRequestId, SuspensionId,
    UserId,
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
    /// It was suspended (rule book 03 §5).
    Suspended {
        /// The suspension.
        suspension: SuspensionId,
        /// Its days.
        period: Period,
        /// Why.
        reason: SuspensionReason,
        /// What it does to the end of the PASS.
        ends: EndMoved,
        /// Who is told.
        #[serde(skip)]
        told: Told,
    },
    /// The suspension that ran was given other terms.
    SuspensionChanged {
        /// The suspension.
        suspension: SuspensionId,
        /// Its days before.
        from: Period,
        /// Its days after.
        to: Period,
        /// Why, from now on.
        reason: SuspensionReason,
        /// What it does to the end of the PASS.
        ends: EndMoved,
        /// Who is told.
        #[serde(skip)]
        told: Told,
    },
    /// The suspension that ran ends on the eve of a return or of a contract.
    SuspensionLifted {
        /// Its days before.
        suspension: Period,
        /// Its last day, from now on.
        until: NaiveDate,
        /// The application by which the person was hired.
        #[serde(skip_serializing_if = "Option::is_none")]
        hired_by: Option<ApplicationId>,
        /// What it does to the end of the PASS.
        ends: EndMoved,
        /// Who is told.
        #[serde(skip)]
        told: Told,
    },
    /// The suspension that ran was taken away.
    SuspensionRemoved {
        /// Its days.
        suspension: Period,
        /// The application by which the person was hired the day it started.
        #[serde(skip_serializing_if = "Option::is_none")]
        hired_by: Option<ApplicationId>,
        /// What it does to the end of the PASS.
        ends: EndMoved,
        /// Who is told.
        #[serde(skip)]
        told: Told,
    },
    /// It was closed early (rule book 03 §4.13).
    Closed {
        /// Why.
        reason: ClosureReason,
        /// What it does to the end of the PASS.
        ends: EndMoved,
        /// Who is told.
        #[serde(skip)]
        told: Told,
    },
    /// The team moved its days (rule book 03 §4.7).
    Corrected {
        /// Its days before.
        from: Period,
        /// Its days after.
        to: Period,
        /// Why.
        reason: CorrectionReason,
        /// Who is told.
        #[serde(skip)]
        told: Told,
    },
    /// It was cancelled, with the only hire that rested on it (rule book 03 §4.12).
    Cancelled {
        /// The hire that was cancelled.
        application: ApplicationId,
        /// Its days.
        period: Period,
        /// The requests to prolong it that waited, and whom they were addressed to.
        #[serde(skip)]
        asked: Vec<(ProlongationRequestId, Addressed)>,
    },
    /// All that said whose cancelled PASS it was went (rule book 03 §4.12).
    Anonymised,
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
    /// A request went back to the SIAE: the organisation it was addressed to is no longer authorised (D15).
    ProlongationReturned {
        /// The request.
        request: ProlongationRequestId,
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

code! {
    /// What moves the end of a PASS, as the trail names it; what is said of who did it.
    EndMove {
        Moved = "pass.moved", "l’a déplacé";
        Suspended = "pass.suspended", "l’a suspendu";
        SuspensionChanged = "pass.suspension_changed", "a modifié sa suspension";
        SuspensionLifted = "pass.suspension_lifted", "a levé sa suspension";
        SuspensionRemoved = "pass.suspension_removed", "a supprimé sa suspension";
        Closed = "pass.closed", "l’a clôturé";
        Corrected = "pass.corrected", "a corrigé ses dates";
        ProlongationDeclared = "pass.prolongation_declared", "l’a prolongé";
        ProlongationGranted = "pass.prolongation_granted", "a accepté de le prolonger";
    }
}

/// The last day of a PASS, before and after.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct EndMoved {
    /// Before.
    pub from: NaiveDate,
    /// After.
    pub to: NaiveDate,
}

/// Who is told what happens to the parcours of a person, besides them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Told {
    /// Who accompanies the person, unless they did it themselves.
    pub counsellor: Option<Counsellor>,
    /// The SIAE of the last hire, when a prescriber did it (D6).
    pub company: Option<OrganisationId>,
    /// The organisation that did it, which reads the answers of professionals.
    pub answers: Option<OrganisationId>,
}

/// Who accompanies a person: the last of an authorised organisation who acted for them, else who sent the application they
/// were hired through (rule book 02 §12.8).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counsellor {
    /// The account.
    pub user: UserId,
    /// The organisation they acted for.
    pub organisation: OrganisationId,
}

happenings! {
    PassEvent: PassChange about "pass" pass {
        Issued = "pass.issued", "PASS IAE délivré";
        Moved = "pass.moved", "PASS IAE déplacé";
        Suspended = "pass.suspended", "PASS IAE suspendu";
        SuspensionChanged = "pass.suspension_changed", "Suspension d’un PASS IAE modifiée";
        SuspensionLifted = "pass.suspension_lifted", "Suspension d’un PASS IAE levée";
        SuspensionRemoved = "pass.suspension_removed", "Suspension d’un PASS IAE supprimée";
        Closed = "pass.closed", "PASS IAE clôturé";
        Corrected = "pass.corrected", "Dates d’un PASS IAE corrigées";
        Cancelled = "pass.cancelled", "PASS IAE annulé";
        Anonymised = "pass.anonymised", "PASS IAE annulé rendu anonyme";
        ProlongationDeclared = "pass.prolongation_declared", "Prolongation déclarée";
        ProlongationAsked = "pass.prolongation_asked", "Prolongation demandée";
        ProlongationDelegated = "pass.prolongation_delegated", "Demande de prolongation confiée à un collègue";
        ProlongationReminded = "pass.prolongation_reminded", "Demande de prolongation relancée";
        ProlongationGranted = "pass.prolongation_granted", "Prolongation acceptée";
        ProlongationReturned = "pass.prolongation_returned", "Demande de prolongation rendue à la structure";
        ProlongationDenied = "pass.prolongation_denied", "Prolongation refusée";
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_moves_an_end_is_all_that_the_trail_names_but_what_does_not() {
        let stays = [
            "pass.issued",
            "pass.cancelled",
            "pass.anonymised",
            "pass.prolongation_asked",
            "pass.prolongation_delegated",
            "pass.prolongation_reminded",
            "pass.prolongation_denied",
            "pass.prolongation_returned",
        ];
        let moves: Vec<_> =
            PassEvent::KINDS.iter().map(|kind| kind.code).filter(|code| !stays.contains(code)).collect();
        assert_eq!(EndMove::ALL.iter().map(|one| one.code()).collect::<Vec<_>>(), moves);
    }
}
