//! Exports: what was on the screen, in a file.

mod event;
pub mod prepared;

pub use event::{ExportChange, ExportEvent};

use crate::Changed;
use crate::code::code;
use crate::ids::ExportId;

code! {
    /// The lists of the platform.
    ListKind {
        Applications = "applications", "Candidatures";
        ApplicationsSent = "applications_sent", "Candidatures envoyées à d’autres structures";
        Passes = "passes", "PASS IAE";
        Candidates = "candidates", "Personnes accompagnées";
        SelfPrescriptions = "self_prescriptions", "Auto-prescriptions";
        SelfPrescribers = "self_prescribers", "Auto-prescriptions par structure";
        AccessLog = "access_log", "Journal des accès";
        AuditTrail = "audit_trail", "Journal d’audit";
        Emails = "emails", "Boîte d’envoi";
        Jobs = "jobs", "Tâches de fond";
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
    /// The list.
    pub list: ListKind,
    /// The format.
    pub format: ExportFormat,
    /// The words of the filters, never their values: they may name people.
    pub filters: String,
    /// How many rows.
    pub rows: i64,
}

/// Whoever reads a list may take it away; it is kept who did.
pub fn take(export: Export) -> Changed<Export> {
    let change = ExportChange::Made {
        list: export.list,
        format: export.format,
        filters: export.filters.clone(),
        rows: export.rows,
    };
    let event = ExportEvent { export: export.id, change };
    Changed::new(export, event)
}
