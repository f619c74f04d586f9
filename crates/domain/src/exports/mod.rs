//! Exports: what was on the screen, in a file.

mod event;
pub mod prepared;

pub use event::{ExportChange, ExportContents, ExportEvent};

use crate::Changed;
use crate::code::code;
use crate::ids::ExportId;

code! {
    /// The lists of the platform.
    ListKind {
        Applications = "applications", "Candidatures";
        ApplicationsSent = "applications_sent", "Candidatures envoyées à d’autres structures";
        Passes = "passes", "PASS IAE";
        Prolongations = "prolongations", "Demandes de prolongation";
        Candidates = "candidates", "Personnes accompagnées";
        SelfPrescriptions = "self_prescriptions", "Auto-prescriptions";
        SelfPrescribers = "self_prescribers", "Auto-prescriptions par structure";
        ControlCampaigns = "control_campaigns", "Campagnes de contrôle";
        Controls = "controls", "Structures contrôlées";
        Habilitations = "habilitations", "Demandes d’habilitation";
        Authorisations = "authorisations", "Habilitations à valider";
        AuthorisedPrescribers = "authorised_prescribers", "Prescripteurs habilités";
        Members = "members", "Collaborateurs";
        AccessLog = "access_log", "Journal des accès";
        AuditTrail = "audit_trail", "Journal d’audit";
        Users = "users", "Comptes";
        Organisations = "organisations", "Structures";
        Invitations = "invitations", "Invitations";
        Emails = "emails", "Boîte d’envoi";
        Jobs = "jobs", "Tâches de fond";
    }
}

impl ListKind {
    /// Whether its lines name people: who takes it away reads who they are (D34).
    pub const fn names_people(self) -> bool {
        match self {
            Self::Applications
            | Self::ApplicationsSent
            | Self::Passes
            | Self::Prolongations
            | Self::Candidates
            | Self::SelfPrescriptions
            | Self::AccessLog
            | Self::AuditTrail
            | Self::Users
            | Self::Emails => true,
            Self::SelfPrescribers
            | Self::ControlCampaigns
            | Self::Controls
            | Self::Habilitations
            | Self::Authorisations
            | Self::AuthorisedPrescribers
            | Self::Members
            | Self::Invitations
            | Self::Organisations
            | Self::Jobs => false,
        }
    }
}

code! {
    /// The formats of a file.
    ExportFormat {
        Xlsx = "xlsx", "Tableur (XLSX)";
        Csv = "csv", "Valeurs séparées (CSV)";
    }
}

/// What someone takes away: which list, in which format, narrowed by which filters, how many rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Export {
    /// Its id.
    pub id: ExportId,
    /// What it holds.
    pub contents: ExportContents,
}

/// Whoever reads a list may take it away; it is kept who did.
pub fn take(export: Export) -> Changed<Export> {
    export.told(ExportChange::Made)
}

impl Export {
    fn told(self, change: fn(ExportContents) -> ExportChange) -> Changed<Self> {
        let event = ExportEvent { export: self.id, change: change(self.contents.clone()) };
        Changed::new(self, event)
    }
}
