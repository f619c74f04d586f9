//! What happens, in one enum: each event becomes an audit row, and some become mails.

use uuid::Uuid;

use crate::accounts::{AccountChange, AccountEvent};
use crate::applications::draft::{DraftChange, DraftEvent};
use crate::applications::{ApplicationChange, ApplicationEvent};
use crate::candidates::{CandidateChange, CandidateEvent};
use crate::eligibility::{DiagnosisChange, DiagnosisEvent};
use crate::pass::{PassChange, PassEvent};

/// Something that happened and must be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// To an account.
    Account(AccountEvent),
    /// To a candidate's file.
    Candidate(CandidateEvent),
    /// To an application.
    Application(ApplicationEvent),
    /// To an application being written.
    Draft(DraftEvent),
    /// To a diagnosis.
    Diagnosis(DiagnosisEvent),
    /// To a PASS.
    Pass(PassEvent),
}

/// What an event is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Subject {
    /// Kind of thing.
    pub kind: &'static str,
    /// Its id.
    pub id: Uuid,
}

impl Event {
    /// The name kept in the audit trail: `<subject>.<what happened>`.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Account(event) => match event.change {
                AccountChange::Opened { .. } => "account.opened",
                AccountChange::LoggedIn { .. } => "account.logged_in",
                AccountChange::IdentityLinked { .. } => "account.identity_linked",
                AccountChange::LoggedOut => "account.logged_out",
                AccountChange::SwitchedOrganisation { .. } => "account.switched_organisation",
            },
            Self::Candidate(event) => match event.change {
                CandidateChange::Created => "candidate.created",
                CandidateChange::LookedUp { .. } => "candidate.looked_up",
                CandidateChange::FileOpened => "candidate.file_opened",
                CandidateChange::Completed => "candidate.completed",
                CandidateChange::ConsentRecorded { .. } => "candidate.consent_recorded",
                CandidateChange::DocumentStored { .. } => "candidate.document_stored",
                CandidateChange::DocumentDeleted { .. } => "candidate.document_deleted",
                CandidateChange::DocumentDownloaded { .. } => "candidate.document_downloaded",
            },
            Self::Application(event) => match event.change {
                ApplicationChange::Submitted => "application.submitted",
                ApplicationChange::Processing { .. } => "application.processing",
                ApplicationChange::Postponed { .. } => "application.postponed",
                ApplicationChange::Refused { .. } => "application.refused",
                ApplicationChange::Accepted { .. } => "application.accepted",
                ApplicationChange::BecameObsolete { .. } => "application.became_obsolete",
            },
            Self::Draft(event) => match event.change {
                DraftChange::Started { .. } => "draft.started",
                DraftChange::StepSaved { .. } => "draft.step_saved",
                DraftChange::Discarded => "draft.discarded",
            },
            Self::Diagnosis(event) => match event.change {
                DiagnosisChange::Made { .. } => "diagnosis.made",
                DiagnosisChange::Replaced { .. } => "diagnosis.replaced",
            },
            Self::Pass(event) => match event.change {
                PassChange::Issued { .. } => "pass.issued",
                PassChange::Moved { .. } => "pass.moved",
            },
        }
    }

    /// What the event is about.
    pub const fn subject(&self) -> Subject {
        match self {
            Self::Account(event) => Subject { kind: "account", id: event.user.0 },
            Self::Candidate(event) => Subject { kind: "candidate", id: event.candidate.0 },
            Self::Application(event) => Subject { kind: "application", id: event.application.0 },
            Self::Draft(event) => Subject { kind: "draft", id: event.draft.0 },
            Self::Diagnosis(event) => Subject { kind: "diagnosis", id: event.diagnosis.0 },
            Self::Pass(event) => Subject { kind: "pass", id: event.pass.0 },
        }
    }
}

macro_rules! into_event {
    ($($event:ident => $variant:ident),+) => { $(
        impl From<$event> for Event {
            fn from(event: $event) -> Self {
                Self::$variant(event)
            }
        }
    )+ };
}

into_event! {
    AccountEvent => Account, CandidateEvent => Candidate, ApplicationEvent => Application,
    DraftEvent => Draft, DiagnosisEvent => Diagnosis, PassEvent => Pass
}
