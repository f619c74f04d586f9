//! What happens with an import.

use serde::Serialize;

use super::ImportKind;
use crate::event::happenings;
use crate::ids::ImportId;

/// Something happened with an import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportEvent {
    /// The import.
    pub import: ImportId,
    /// What happened.
    pub change: ImportChange,
}

/// What happened with an import.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum ImportChange {
    /// It changed what the platform knows.
    Done {
        /// What it brought in.
        kind: ImportKind,
    },
    /// It was written but for the deactivations: too many at once in the first half of the year (CMP-11).
    HeldBack {
        /// How many conventions would have fallen.
        falling: u64,
    },
    /// Nothing was written: so many deactivations are to be confirmed.
    Refused {
        /// How many conventions would have fallen.
        falling: u64,
    },
}

happenings! {
    ImportEvent: ImportChange about "import" import {
        Done = "import.done", "Fichiers officiels importés";
        HeldBack = "import.held_back", "Fichiers officiels importés, désactivations retenues";
        Refused = "import.refused", "Import refusé, désactivations à confirmer";
    }
}
