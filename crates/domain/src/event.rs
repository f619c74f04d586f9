//! What happens, in one enum: each event becomes an audit row, and some become mails.

use uuid::Uuid;

use crate::accounts::{AccountChange, AccountEvent};
use crate::applications::draft::{DraftChange, DraftEvent};
use crate::applications::{ApplicationChange, ApplicationEvent};
use crate::candidates::{CandidateChange, CandidateEvent};
use crate::code::code;
use crate::eligibility::{DiagnosisChange, DiagnosisEvent};
use crate::pass::{PassChange, PassEvent};

code! {
    /// Kinds of events, as the audit trail names them and as the team reads them.
    EventKind {
        AccountOpened = "account.opened", "Compte ouvert";
        AccountLoggedIn = "account.logged_in", "Connexion";
        AccountIdentityLinked = "account.identity_linked", "Identité rattachée au compte";
        AccountLoggedOut = "account.logged_out", "Déconnexion";
        AccountSwitchedOrganisation = "account.switched_organisation", "Changement de structure";
        CandidateCreated = "candidate.created", "Dossier créé";
        CandidateLookedUp = "candidate.looked_up", "Personne recherchée";
        CandidateFileOpened = "candidate.file_opened", "Dossier ouvert";
        CandidateCompleted = "candidate.completed", "Dossier complété";
        CandidateConsentRecorded = "candidate.consent_recorded", "Accord de la personne enregistré";
        CandidateDocumentStored = "candidate.document_stored", "Document ajouté";
        CandidateDocumentDeleted = "candidate.document_deleted", "Document supprimé";
        CandidateDocumentDownloaded = "candidate.document_downloaded", "Document téléchargé";
        ApplicationSubmitted = "application.submitted", "Candidature envoyée";
        ApplicationProcessing = "application.processing", "Candidature mise à l'étude";
        ApplicationPostponed = "application.postponed", "Candidature mise en attente";
        ApplicationRefused = "application.refused", "Candidature déclinée";
        ApplicationAccepted = "application.accepted", "Candidature acceptée";
        ApplicationBecameObsolete = "application.became_obsolete", "Candidature close, personne embauchée ailleurs";
        DraftStarted = "draft.started", "Candidature commencée";
        DraftStepSaved = "draft.step_saved", "Étape d'une candidature enregistrée";
        DraftDiscarded = "draft.discarded", "Candidature abandonnée";
        DiagnosisMade = "diagnosis.made", "Diagnostic établi";
        DiagnosisReplaced = "diagnosis.replaced", "Diagnostic remplacé";
        PassIssued = "pass.issued", "PASS IAE délivré";
        PassMoved = "pass.moved", "PASS IAE avancé";
    }
}

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
        self.kind().code()
    }

    /// What kind of event it is.
    pub const fn kind(&self) -> EventKind {
        match self {
            Self::Account(event) => match event.change {
                AccountChange::Opened { .. } => EventKind::AccountOpened,
                AccountChange::LoggedIn { .. } => EventKind::AccountLoggedIn,
                AccountChange::IdentityLinked { .. } => EventKind::AccountIdentityLinked,
                AccountChange::LoggedOut => EventKind::AccountLoggedOut,
                AccountChange::SwitchedOrganisation { .. } => EventKind::AccountSwitchedOrganisation,
            },
            Self::Candidate(event) => match event.change {
                CandidateChange::Created => EventKind::CandidateCreated,
                CandidateChange::LookedUp { .. } => EventKind::CandidateLookedUp,
                CandidateChange::FileOpened => EventKind::CandidateFileOpened,
                CandidateChange::Completed => EventKind::CandidateCompleted,
                CandidateChange::ConsentRecorded { .. } => EventKind::CandidateConsentRecorded,
                CandidateChange::DocumentStored { .. } => EventKind::CandidateDocumentStored,
                CandidateChange::DocumentDeleted { .. } => EventKind::CandidateDocumentDeleted,
                CandidateChange::DocumentDownloaded { .. } => EventKind::CandidateDocumentDownloaded,
            },
            Self::Application(event) => match event.change {
                ApplicationChange::Submitted => EventKind::ApplicationSubmitted,
                ApplicationChange::Processing { .. } => EventKind::ApplicationProcessing,
                ApplicationChange::Postponed { .. } => EventKind::ApplicationPostponed,
                ApplicationChange::Refused { .. } => EventKind::ApplicationRefused,
                ApplicationChange::Accepted { .. } => EventKind::ApplicationAccepted,
                ApplicationChange::BecameObsolete { .. } => EventKind::ApplicationBecameObsolete,
            },
            Self::Draft(event) => match event.change {
                DraftChange::Started { .. } => EventKind::DraftStarted,
                DraftChange::StepSaved { .. } => EventKind::DraftStepSaved,
                DraftChange::Discarded => EventKind::DraftDiscarded,
            },
            Self::Diagnosis(event) => match event.change {
                DiagnosisChange::Made { .. } => EventKind::DiagnosisMade,
                DiagnosisChange::Replaced { .. } => EventKind::DiagnosisReplaced,
            },
            Self::Pass(event) => match event.change {
                PassChange::Issued { .. } => EventKind::PassIssued,
                PassChange::Moved { .. } => EventKind::PassMoved,
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
