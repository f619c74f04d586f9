//! Applications (candidatures): states, submission, processing, acceptance.

pub mod accept;
mod cancel;
mod deliver;
pub mod draft;
mod event;
mod issue;
pub mod policy;
mod process;
mod refuse;
mod remind;
mod state;
pub mod submit;

use chrono::{DateTime, Utc};

pub use accept::{Accept, AcceptRefused, Acceptance, AcceptanceFacts, ContractMistake, PassOutcome};
pub use cancel::{CancelFacts, CancelRefused, CancelSeen, Cancellation, PassFate, Ties};
pub use deliver::{Delivered, DeliveryFacts, DeliveryRefused};
pub use event::{ApplicationChange, ApplicationEvent, CancelledBy, PassResult};
pub use issue::IssueFacts;
pub use process::{Postpone, PostponeRefused, may_resume};
pub use refuse::{RefusalReason, Refuse, RefuseRefused};
pub use remind::{RemindRefused, remindable_from};
pub use state::{Hiring, PassDelivery, Refusal, State, StateCode, Transition, visible_since};
pub use submit::{NewApplication, Submit, SubmitFacts, SubmitRefused};

use crate::Changed;
use crate::code::code;
use crate::ids::{ApplicationId, CandidateId, OrganisationId, UserId};
use crate::text::Message;

code! {
    /// In what capacity an application was sent (USR-3).
    SenderKind {
        Candidate = "job_seeker", "Candidat";
        Prescriber = "prescriber", "Prescripteur";
        Employer = "employer", "Employeur";
    }
}

/// Who sent an application.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sender {
    /// In what capacity.
    pub kind: SenderKind,
    /// The account, none when it was deleted.
    pub user: Option<UserId>,
    /// The organisation they acted for; none for a candidate.
    pub organisation: Option<OrganisationId>,
}

impl Sender {
    /// Whether a prescripteur habilité or an orienteur sent it.
    pub const fn is_prescriber(self) -> bool {
        match self.kind {
            SenderKind::Prescriber => true,
            SenderKind::Candidate | SenderKind::Employer => false,
        }
    }
}

/// An application, as rules need it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Application {
    /// Its id.
    pub id: ApplicationId,
    /// The person.
    pub candidate: CandidateId,
    /// The receiving company.
    pub company: OrganisationId,
    /// Who sent it.
    pub sender: Sender,
    /// When it was sent.
    pub submitted_at: DateTime<Utc>,
    /// Its state.
    pub state: State,
    /// The employer's message to the candidate, copied to the sender.
    pub answer: Option<Message>,
    /// The employer's message to the prescriber, never shown to the candidate.
    pub answer_to_prescriber: Option<Message>,
}

/// The application is no longer in the state the decision was made from: someone acted first (WF-8, D32).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the state of the application changed")]
pub struct Overtaken {
    /// Whether what was asked can still be done, once whoever asks knows of the change.
    pub still_possible: bool,
}

impl Application {
    /// The current state, if it allows the transition and is the one that was `seen` by whoever decided; a decision
    /// that does not say what it saw is asked again (D32).
    fn allow(&self, transition: Transition, seen: Option<StateCode>) -> Result<StateCode, Overtaken> {
        let from = self.state.code();
        let still_possible = from.allows(transition);
        if still_possible && seen == Some(from) { Ok(from) } else { Err(Overtaken { still_possible }) }
    }

    /// The application with the event that says what happened to it.
    fn changed(self, change: ApplicationChange) -> Changed<Self> {
        let event = ApplicationEvent {
            application: self.id,
            candidate: self.candidate,
            company: self.company,
            sender: self.sender,
            change,
        };
        Changed::new(self, event)
    }

    /// The person was hired through another application: this one needs no answer any more.
    fn render_obsolete(self, because: ApplicationId, at: DateTime<Utc>) -> Option<Changed<Self>> {
        let from = self.allow(Transition::RenderObsolete, Some(self.state.code())).ok()?;
        let change = ApplicationChange::BecameObsolete { from, because };
        Some(Self { state: State::Obsolete { at }, ..self }.changed(change))
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use chrono::TimeZone;

    use super::*;

    pub(crate) fn now() -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 5, 4, 9, 0, 0).unwrap()
    }

    /// An application sent by a prescriber to company 1, in this state.
    pub(crate) fn application(state: State) -> Application {
        Application {
            id: ApplicationId::at(now()),
            candidate: CandidateId(uuid::Uuid::from_u128(77)),
            company: OrganisationId(uuid::Uuid::from_u128(1)),
            sender: Sender {
                kind: SenderKind::Prescriber,
                user: Some(UserId(uuid::Uuid::from_u128(5))),
                organisation: Some(OrganisationId(uuid::Uuid::from_u128(9))),
            },
            submitted_at: now(),
            state,
            answer: None,
            answer_to_prescriber: None,
        }
    }
}
