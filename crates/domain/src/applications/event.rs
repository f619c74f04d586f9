//! What happens to an application.

use serde::Serialize;

use super::{PassFate, RefusalReason, Sender, StateCode};
use crate::code::code;
use crate::event::happenings;
use crate::ids::{ApplicationId, CandidateId, OrganisationId, PassId, UserId};
use crate::text::Message;

/// Something happened to an application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApplicationEvent {
    /// The application.
    pub application: ApplicationId,
    /// The person.
    pub candidate: CandidateId,
    /// The receiving company.
    pub company: OrganisationId,
    /// Who sent it.
    pub sender: Sender,
    /// What happened.
    pub change: ApplicationChange,
}

/// What happened to an application.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum ApplicationChange {
    /// It was sent.
    Submitted,
    /// The employer studies it.
    Processing {
        /// State before.
        from: StateCode,
    },
    /// The employer put it on hold, with an answer.
    Postponed {
        /// State before.
        from: StateCode,
        /// The answer, for the history of the application: the audit trail holds nothing people wrote.
        #[serde(skip)]
        answer: Option<Message>,
    },
    /// The employer, or the system, declined it.
    Refused {
        /// State before.
        from: StateCode,
        /// Why.
        reason: RefusalReason,
    },
    /// The employer accepted it.
    Accepted {
        /// State before.
        from: StateCode,
        /// What became of the PASS.
        pass: PassResult,
        /// Who was named to accompany the person in the company; none when nobody else than whoever accepts was (ACC-31).
        #[serde(skip_serializing_if = "Option::is_none")]
        advisor: Option<UserId>,
    },
    /// The person was hired through another application.
    BecameObsolete {
        /// State before.
        from: StateCode,
        /// The application that was accepted.
        because: ApplicationId,
    },
    /// The employer cancelled the hire, made by mistake (rule book 02 §7.1).
    Cancelled {
        /// State before.
        from: StateCode,
        /// What became of the PASS.
        pass: PassFate,
        /// Who cancelled it.
        #[serde(skip)]
        by: CancelledBy,
    },
    /// Whoever sent it reminded the employer.
    Reminded,
    /// The team delivered the PASS of the hire by hand.
    PassDelivered {
        /// The PASS.
        pass: PassId,
        /// Who had accepted it.
        #[serde(skip_serializing_if = "Option::is_none")]
        accepted_by: Option<UserId>,
    },
    /// The team refused to deliver the PASS of the hire.
    PassRefused {
        /// Who had accepted it.
        #[serde(skip_serializing_if = "Option::is_none")]
        accepted_by: Option<UserId>,
    },
}

/// Who cancelled a hire.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CancelledBy {
    /// The company.
    Company,
    /// The team: who had accepted the application is told, if the service knows them.
    Team {
        /// Who had accepted it.
        accepted_by: Option<UserId>,
    },
}

code! {
    /// What an acceptance did about the PASS, for the audit trail and the mails.
    PassResult {
        NotRequired = "not_required", "Sans PASS IAE";
        Reused = "reused", "PASS IAE déjà en cours";
        Resumed = "resumed", "PASS IAE repris, suspension levée";
        Issued = "issued", "PASS IAE délivré";
        AwaitingManualDelivery = "awaiting_manual_delivery", "PASS IAE à délivrer à la main";
    }
}

impl ApplicationEvent {
    /// What the employer answered, when it put the application on hold.
    pub fn answer(&self) -> &str {
        match &self.change {
            ApplicationChange::Postponed { answer, .. } => answer.as_ref().map_or("", Message::as_str),
            ApplicationChange::Submitted
            | ApplicationChange::Processing { .. }
            | ApplicationChange::Refused { .. }
            | ApplicationChange::Accepted { .. }
            | ApplicationChange::BecameObsolete { .. }
            | ApplicationChange::Cancelled { .. }
            | ApplicationChange::Reminded
            | ApplicationChange::PassDelivered { .. }
            | ApplicationChange::PassRefused { .. } => "",
        }
    }

    /// The state the application left, if it had one, and the one it came to: its history (WF-6). None when its state
    /// did not change.
    pub const fn states(&self) -> Option<(Option<StateCode>, StateCode)> {
        Some(match &self.change {
            ApplicationChange::Submitted => (None, StateCode::New),
            ApplicationChange::Processing { from } => (Some(*from), StateCode::Processing),
            ApplicationChange::Postponed { from, .. } => (Some(*from), StateCode::Postponed),
            ApplicationChange::Refused { from, .. } => (Some(*from), StateCode::Refused),
            ApplicationChange::Accepted { from, .. } => (Some(*from), StateCode::Accepted),
            ApplicationChange::BecameObsolete { from, .. } => (Some(*from), StateCode::Obsolete),
            ApplicationChange::Cancelled { from, .. } => (Some(*from), StateCode::Cancelled),
            ApplicationChange::Reminded
            | ApplicationChange::PassDelivered { .. }
            | ApplicationChange::PassRefused { .. } => return None,
        })
    }
}

happenings! {
    ApplicationEvent: ApplicationChange about "application" application {
        Submitted = "application.submitted", "Candidature envoyée";
        Processing = "application.processing", "Candidature mise à l’étude";
        Postponed = "application.postponed", "Candidature mise en attente";
        Refused = "application.refused", "Candidature déclinée";
        Accepted = "application.accepted", "Candidature acceptée";
        BecameObsolete = "application.became_obsolete", "Candidature close, personne embauchée ailleurs";
        Cancelled = "application.cancelled", "Embauche annulée";
        Reminded = "application.reminded", "Employeur relancé";
        PassDelivered = "application.pass_delivered", "PASS IAE délivré à la main";
        PassRefused = "application.pass_refused", "PASS IAE refusé";
    }
}
