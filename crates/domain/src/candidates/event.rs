//! What happens to a candidate's file.

use serde::Serialize;

use super::data_transfer::TransferPart;
use super::{Author, FieldChange, RelationOrigin};
use crate::Changed;
use crate::code::code;
use crate::event::happenings;
use crate::ids::{CandidateId, ConsentId, DocumentId, NirCorrectionId, OrganisationId, UserId};

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
    /// A professional looked for an employer with the person, whose name they saw (D34): nothing of the file was opened.
    SearchedFor,
    /// Missing information was completed.
    Completed {
        /// What was given.
        changes: Vec<FieldChange>,
    },
    /// What the file says was changed; or read again and confirmed, when nothing changed (UPD-1).
    Updated {
        /// Who changed it.
        by: Author,
        /// What changed.
        changes: Vec<FieldChange>,
    },
    /// Another NIR was asked of the team (CNR-1).
    NirCorrectionAsked {
        /// The request.
        correction: NirCorrectionId,
    },
    /// The team accepted the request.
    NirCorrected {
        /// The request.
        correction: NirCorrectionId,
        /// What changed.
        changes: Vec<FieldChange>,
    },
    /// The team refused the request.
    NirCorrectionRefused {
        /// The request.
        correction: NirCorrectionId,
        /// Who asked.
        #[serde(skip)]
        asked_by: UserId,
        /// For which organisation; none for the person.
        #[serde(skip)]
        organisation: Option<OrganisationId>,
    },
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
    /// The team moved parts of the file to another one of the same person.
    DataSent {
        /// The file that received them.
        file: CandidateId,
        /// Which.
        parts: Vec<TransferPart>,
    },
    /// The team moved parts of another file of the same person to this one.
    DataReceived {
        /// The file they come from.
        file: CandidateId,
        /// Which.
        parts: Vec<TransferPart>,
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

impl CandidateEvent {
    /// The parts of the file that changed, with what they said and say: for its history (HIS-1).
    pub fn field_changes(&self) -> &[FieldChange] {
        match &self.change {
            CandidateChange::Completed { changes }
            | CandidateChange::Updated { changes, .. }
            | CandidateChange::NirCorrected { changes, .. } => changes,
            CandidateChange::Created
            | CandidateChange::LookedUp { .. }
            | CandidateChange::Related { .. }
            | CandidateChange::FileOpened
            | CandidateChange::SearchedFor
            | CandidateChange::NirCorrectionAsked { .. }
            | CandidateChange::NirCorrectionRefused { .. }
            | CandidateChange::ConsentRecorded { .. }
            | CandidateChange::DocumentStored { .. }
            | CandidateChange::DocumentDeleted { .. }
            | CandidateChange::DocumentDownloaded { .. }
            | CandidateChange::DataSent { .. }
            | CandidateChange::DataReceived { .. } => &[],
        }
    }
}

/// Someone opened a file (D4). Reading changes nothing but the audit trail.
pub fn file_opened(candidate: CandidateId) -> Changed<CandidateId> {
    Changed::new(candidate, CandidateEvent { candidate, change: CandidateChange::FileOpened })
}

/// Someone looked for an employer with the person (D34).
pub fn searched_for(candidate: CandidateId) -> Changed<CandidateId> {
    Changed::new(candidate, CandidateEvent { candidate, change: CandidateChange::SearchedFor })
}

happenings! {
    CandidateEvent: CandidateChange about "candidate" candidate {
        Created = "candidate.created", "Dossier créé";
        LookedUp = "candidate.looked_up", "Personne recherchée";
        Related = "candidate.related", "Personne suivie par une structure";
        FileOpened = "candidate.file_opened", "Dossier ouvert";
        SearchedFor = "candidate.searched_for", "Employeur cherché pour la personne";
        Completed = "candidate.completed", "Dossier complété";
        Updated = "candidate.updated", "Dossier modifié ou vérifié";
        NirCorrectionAsked = "candidate.nir_correction_asked", "Correction de numéro de sécurité sociale demandée";
        NirCorrected = "candidate.nir_corrected", "Numéro de sécurité sociale corrigé";
        NirCorrectionRefused = "candidate.nir_correction_refused", "Correction de numéro de sécurité sociale refusée";
        ConsentRecorded = "candidate.consent_recorded", "Accord de la personne enregistré";
        DocumentStored = "candidate.document_stored", "Document ajouté";
        DocumentDeleted = "candidate.document_deleted", "Document supprimé";
        DocumentDownloaded = "candidate.document_downloaded", "Document téléchargé";
        DataSent = "candidate.data_sent", "Données transférées vers un autre dossier de la personne";
        DataReceived = "candidate.data_received", "Données reçues d’un autre dossier de la personne";
    }
}
