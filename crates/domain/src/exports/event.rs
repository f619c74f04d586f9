//! What happens to an export.

use serde::Serialize;

use super::{ExportFormat, ListKind};
use crate::event::happenings;
use crate::ids::ExportId;

/// Something happened to an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportEvent {
    /// The export.
    pub export: ExportId,
    /// What happened.
    pub change: ExportChange,
}

/// What a file holds, or will.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExportContents {
    /// The list.
    pub list: ListKind,
    /// The format.
    pub format: ExportFormat,
    /// The words of the filters that narrowed it, never their values: they may name people.
    pub filters: String,
    /// How many rows.
    pub rows: i64,
}

/// What happened to an export.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum ExportChange {
    /// Someone took a list away.
    Made(ExportContents),
    /// Someone asked for a list that takes long to write.
    Asked(ExportContents),
    /// Its file is there.
    Ready {
        /// How many rows it has.
        rows: i64,
    },
    /// Who asked may no longer read the list.
    Denied,
    /// Its owner took the file away.
    Downloaded,
    /// Its time is over: the file is gone.
    Expired,
}

happenings! {
    ExportEvent: ExportChange about "export" export {
        Made = "export.made", "Liste exportée";
        Asked = "export.asked", "Export demandé";
        Ready = "export.ready", "Export prêt";
        Denied = "export.denied", "Export refusé";
        Downloaded = "export.downloaded", "Export téléchargé";
        Expired = "export.expired", "Export supprimé";
    }
}
