//! What happens to a candidate's file.

use serde::Serialize;

use super::RelationOrigin;
use crate::Changed;
use crate::code::code;
use crate::event::happenings;
use crate::ids::{CandidateId, ConsentId, DocumentId, OrganisationId, UserId};

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
    /// A professional may open the file from now on, or acted for the person again (D4, ASG-1).
    Related {
        /// The professional.
        user: UserId,
        /// The organisation they act for.
        organisation: OrganisationId,
        /// Why.
        origin: RelationOrigin,
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

/// Someone opened a file (D4). Reading changes nothing but the audit trail.
pub fn file_opened(candidate: CandidateId) -> Changed<CandidateId> {
    Changed::new(candidate, CandidateEvent { candidate, change: CandidateChange::FileOpened })
}

happenings! {
    CandidateEvent: CandidateChange about "candidate" candidate {
        Created = "candidate.created", "Dossier créé";
        LookedUp = "candidate.looked_up", "Personne recherchée";
        Related = "candidate.related", "Personne suivie par une structure";
        FileOpened = "candidate.file_opened", "Dossier ouvert";
        Completed = "candidate.completed", "Dossier complété";
        ConsentRecorded = "candidate.consent_recorded", "Accord de la personne enregistré";
        DocumentStored = "candidate.document_stored", "Document ajouté";
        DocumentDeleted = "candidate.document_deleted", "Document supprimé";
        DocumentDownloaded = "candidate.document_downloaded", "Document téléchargé";
    }
}
