//! Files people attach: whose they are, which kinds, which limits (SUB-61), who reads them (rule book 02 §11.1).

pub mod policy;

use chrono::{DateTime, Utc};

use crate::Changed;
use crate::candidates::{CandidateChange, CandidateEvent};
use crate::code::code;
use crate::event::Event;
use crate::habilitations::{HabilitationChange, HabilitationEvent};
use crate::ids::{
    ApplicationDraftId, ApplicationId, CandidateId, ControlCriterionId, DocumentId, EligibilityProofId,
    HabilitationId, HabilitationPieceId, OrganisationId, ProlongationRequestId,
};

code! {
    /// Kinds of stored files.
    DocumentKind {
        Cv = "cv", "CV";
        ProlongationReport = "prolongation_report", "Bilan du parcours";
        /// Of a criterion: kept by the SIAE that declared it (rule book 03 §2.13), or given to a control (04 §1.9).
        Proof = "proof", "Justificatif";
        /// Given with a request of habilitation by the prefect; or the order itself, scanned.
        HabilitationPiece = "habilitation_piece", "Pièce d’une demande d’habilitation";
    }
}

/// What a kind of file may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Largest size, in bytes.
    pub max_bytes: u64,
    /// How many one owner may have.
    pub at_most: usize,
    /// What its content must be, whatever its name says.
    pub format: Format,
}

/// What the content of a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A PDF that opens without a password.
    Pdf,
}

impl Format {
    /// Whether what a browser declares (SUB-61) leaves it possible: the type itself, under the names it goes by, or one
    /// that says nothing, where the system does not know the file.
    pub fn may_be_declared(self, content_type: &str) -> bool {
        let essence = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let says_nothing = [
            "",
            "application/octet-stream",
            "binary/octet-stream",
            "application/unknown",
            "application/download",
            "application/x-download",
            "application/force-download",
        ];
        match self {
            Self::Pdf => {
                let names =
                    ["application/pdf", "application/x-pdf", "application/acrobat", "text/pdf", "text/x-pdf"];
                names.contains(&essence.as_str()) || says_nothing.contains(&essence.as_str())
            }
        }
    }
}

impl DocumentKind {
    /// The limits of this kind.
    pub const fn limits(self) -> Limits {
        match self {
            // SUB-61: 5 × 1024². A report is as often a scan as a CV is.
            Self::Cv | Self::ProlongationReport | Self::Proof | Self::HabilitationPiece => {
                Limits { max_bytes: 5 * 1024 * 1024, at_most: 1, format: Format::Pdf }
            }
        }
    }
}

/// What a document belongs to. A new owner is a variant here and a column in the table `documents`; the compiler then
/// asks for its arm everywhere else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// An application being written.
    Draft(ApplicationDraftId),
    /// An application that was sent.
    Application(ApplicationId),
    /// A request to prolong a PASS, or the form it is written in: both have one id.
    ProlongationReport(ProlongationRequestId),
    /// A criterion that an SIAE defends in a control.
    ControlCriterion(ControlCriterionId),
    /// A proof that an SIAE keeps of a criterion it declared.
    EligibilityProof(EligibilityProofId),
    /// A piece of a request of habilitation.
    HabilitationPiece(HabilitationPieceId),
}

/// Whom or what a document is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// A person (PII-4).
    Person(CandidateId),
    /// The request of habilitation of an organisation, and nobody.
    Habilitation(HabilitationId, OrganisationId),
}

impl From<CandidateId> for About {
    fn from(candidate: CandidateId) -> Self {
        Self::Person(candidate)
    }
}

impl About {
    /// The person, when it is about one.
    pub const fn person(self) -> Option<CandidateId> {
        match self {
            Self::Person(candidate) => Some(candidate),
            Self::Habilitation(..) => None,
        }
    }

    /// What happens to a document is told of whom or what it is about.
    fn event(self, of_person: CandidateChange, of_habilitation: HabilitationChange) -> Event {
        match self {
            Self::Person(candidate) => CandidateEvent { candidate, change: of_person }.into(),
            Self::Habilitation(habilitation, organisation) => {
                let change = of_habilitation;
                HabilitationEvent { habilitation, organisation, ddets: None, change }.into()
            }
        }
    }
}

/// Why files are not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DocumentRefused {
    /// Nothing in it.
    #[error("the file is empty")]
    Empty,
    /// More bytes than its kind allows.
    #[error("the file is too large")]
    TooLarge,
    /// More files than its kind allows.
    #[error("too many files")]
    TooMany,
    /// Its content, or what it is declared to be, is something else than a PDF.
    #[error("the file is not a PDF")]
    NotPdf,
    /// It acts by itself when it is opened: a script, or a program it starts.
    #[error("the file acts by itself")]
    Active,
    /// It is a form of its own language (XFA), which may hold scripts.
    #[error("the file is a form that may hold scripts")]
    Form,
    /// A virus was found in it.
    #[error("the file is infected")]
    Infected,
    /// It asks for a password.
    #[error("the file asks for a password")]
    Password,
    /// Its end is missing.
    #[error("the file is cut short")]
    Truncated,
    /// It calls itself a PDF and cannot be read, or not within reason.
    #[error("the file cannot be read")]
    Unreadable,
}

/// Whether files of these sizes may be kept together, before anything is asked of their content.
pub fn check_sizes(kind: DocumentKind, sizes: &[u64]) -> Result<(), DocumentRefused> {
    let Limits { max_bytes, at_most, format: _ } = kind.limits();
    if sizes.len() > at_most {
        Err(DocumentRefused::TooMany)
    } else if sizes.contains(&0) {
        Err(DocumentRefused::Empty)
    } else if sizes.iter().any(|size| *size > max_bytes) {
        Err(DocumentRefused::TooLarge)
    } else {
        Ok(())
    }
}

/// A file to be recorded, its content already kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDocument {
    /// Its id.
    pub id: DocumentId,
    /// What it belongs to.
    pub owner: Owner,
    /// Whom or what it is about.
    pub about: About,
    /// What it is.
    pub kind: DocumentKind,
    /// Random key of its content.
    pub storage_key: String,
    /// SHA-256 of its content.
    pub sha256: Vec<u8>,
    /// Its size.
    pub size_bytes: u64,
    /// When it was stored.
    pub stored_at: DateTime<Utc>,
}

/// Records a file whose sizes and content were checked.
pub fn store(document: NewDocument) -> Changed<NewDocument> {
    let id = document.id;
    let event = document.about.event(
        CandidateChange::DocumentStored { document: id },
        HabilitationChange::DocumentStored { document: id },
    );
    Changed::new(document, event)
}

/// Forgets a file nothing refers to any more.
pub fn delete(about: About, document: DocumentId) -> Changed<DocumentId> {
    let event = about.event(
        CandidateChange::DocumentDeleted { document },
        HabilitationChange::DocumentDeleted { document },
    );
    Changed::new(document, event)
}

/// Someone reads a stored file: nothing changes but the audit trail (ACL-3).
pub fn downloaded(about: About, document: DocumentId) -> Changed<()> {
    let event = about.event(
        CandidateChange::DocumentDownloaded { document },
        HabilitationChange::DocumentDownloaded { document },
    );
    Changed::new((), event)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_declared_as_something_else_is_something_else() {
        for (declared, may_be) in [
            ("application/pdf", true),
            ("Application/PDF; charset=binary", true),
            ("application/x-pdf", true),
            ("application/octet-stream", true),
            ("", true),
            ("image/png", false),
            ("text/html", false),
            ("application/msword", false),
        ] {
            assert_eq!(Format::Pdf.may_be_declared(declared), may_be, "SUB-61, {declared:?}");
        }
    }

    #[test]
    fn a_cv_is_one_file_neither_empty_nor_too_large() {
        let most = DocumentKind::Cv.limits().max_bytes;
        let table: [(&[u64], _); 6] = [
            (&[], Ok(())),
            (&[1], Ok(())),
            (&[most], Ok(())),
            (&[0], Err(DocumentRefused::Empty)),
            (&[most + 1], Err(DocumentRefused::TooLarge)),
            (&[1, 1], Err(DocumentRefused::TooMany)),
        ];
        for (sizes, expected) in table {
            assert_eq!(check_sizes(DocumentKind::Cv, sizes), expected, "{sizes:?}");
        }
    }
}
