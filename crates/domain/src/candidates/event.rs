//! What happens to a candidate's file.

use serde::Serialize;

use crate::Event;
use crate::code::code;
use crate::ids::{CandidateId, ConsentId, DocumentId};

/// Something happened to a candidate's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CandidateEvent {
    /// The person.
    pub candidate: CandidateId,
    /// What happened.
    pub change: CandidateChange,
}

/// What happened to a candidate's file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum CandidateChange {
    /// The file was created by a professional (CRE-6).
    Created,
    /// A professional found the person by exact NIR or e-mail, which records a relation (D4).
    LookedUp {
        /// By which identifier.
        by: LookUpKey,
    },
    /// Someone opened the file: visible to the person (D4).
    FileOpened,
    /// Missing information was completed.
    Completed,
    /// The person was informed and consents to what is shared (guide, partie 2, §2.2).
    ConsentRecorded {
        /// The record.
        consent: ConsentId,
    },
    /// A file of the person was stored.
    DocumentStored {
        /// The file.
        document: DocumentId,
    },
    /// A file of the person was deleted: nothing refers to it any more.
    DocumentDeleted {
        /// The file.
        document: DocumentId,
    },
    /// A file of the person was downloaded (ACL-3).
    DocumentDownloaded {
        /// The file.
        document: DocumentId,
    },
}

code! {
    /// The identifier a person was found by; names and birth date only after a warning of a possible duplicate (CRE-2).
    LookUpKey {
        Nir = "nir", "Numéro de sécurité sociale";
        Email = "email", "Adresse e-mail";
        Identity = "identity", "Nom et date de naissance";
    }
}

/// Someone opened a file (D4). Reading changes nothing, so there is no value to save with it.
pub const fn file_opened(candidate: CandidateId) -> Event {
    Event::Candidate(CandidateEvent { candidate, change: CandidateChange::FileOpened })
}
