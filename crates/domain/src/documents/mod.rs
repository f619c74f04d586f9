//! Files people attach: which kinds, which limits (SUB-61).

use chrono::{DateTime, Utc};

use crate::Changed;
use crate::candidates::{CandidateChange, CandidateEvent};
use crate::code::code;
use crate::ids::{CandidateId, DocumentId};

code! {
    /// Kinds of stored files.
    DocumentKind {
        Cv = "cv", "CV";
    }
}

/// Largest CV, in bytes: 5 × 1024² (SUB-61).
pub const CV_MAX_BYTES: usize = 5 * 1024 * 1024;

/// Why a file is not accepted as a CV.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CvRefused {
    /// Nothing in it.
    #[error("the file is empty")]
    Empty,
    /// More than [`CV_MAX_BYTES`].
    #[error("the file is too large")]
    TooLarge,
    /// The name does not end in `.pdf`.
    #[error("the extension is not pdf")]
    Extension,
    /// It does not read as a PDF.
    #[error("the file is not a PDF")]
    NotPdf,
}

/// Whether the file can be kept as a CV: a PDF by its name and by its content, neither empty nor too large. A PDF
/// starts with `%PDF-` within its first kilobyte and closes with `%%EOF` within its last one (ISO 32000-1, §7.5).
pub fn check_cv(file_name: &str, content: &[u8]) -> Result<(), CvRefused> {
    let extension = file_name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    let head = &content[..content.len().min(1024)];
    let tail = &content[content.len().saturating_sub(1024)..];
    let contains = |part: &[u8], mark: &[u8]| part.windows(mark.len()).any(|window| window == mark);
    if content.is_empty() {
        Err(CvRefused::Empty)
    } else if content.len() > CV_MAX_BYTES {
        Err(CvRefused::TooLarge)
    } else if extension.as_deref() != Some("pdf") {
        Err(CvRefused::Extension)
    } else if !contains(head, b"%PDF-") || !contains(tail, b"%%EOF") {
        Err(CvRefused::NotPdf)
    } else {
        Ok(())
    }
}

/// A file to be recorded, its content already kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDocument {
    /// Its id.
    pub id: DocumentId,
    /// Whose it is.
    pub candidate: CandidateId,
    /// What it is.
    pub kind: DocumentKind,
    /// Random key of its content.
    pub storage_key: String,
    /// SHA-256 of its content.
    pub sha256: Vec<u8>,
    /// Its size.
    pub size_bytes: usize,
    /// When it was stored.
    pub stored_at: DateTime<Utc>,
}

/// Records a file that passed [`check_cv`].
pub fn store(document: NewDocument) -> Changed<NewDocument> {
    let change = CandidateChange::DocumentStored { document: document.id };
    let event = CandidateEvent { candidate: document.candidate, change };
    Changed::new(document, event)
}

/// Forgets a file nothing refers to any more.
pub fn delete(candidate: CandidateId, document: DocumentId) -> Changed<DocumentId> {
    let change = CandidateChange::DocumentDeleted { document };
    Changed::new(document, CandidateEvent { candidate, change })
}

/// Someone reads a stored file: nothing changes but the audit trail (ACL-3).
pub fn downloaded(candidate: CandidateId, document: DocumentId) -> Changed<()> {
    let change = CandidateChange::DocumentDownloaded { document };
    Changed::new((), CandidateEvent { candidate, change })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cv_is_a_pdf_by_name_and_content() {
        let pdf = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer<<>>\n%%EOF\n";
        assert_eq!(check_cv("CV de Zoé.PDF", pdf), Ok(()));
        assert_eq!(check_cv("cv.pdf", b""), Err(CvRefused::Empty));
        assert_eq!(check_cv("cv.docx", pdf), Err(CvRefused::Extension));
        assert_eq!(check_cv("cv.pdf", b"PK\x03\x04 a zip renamed"), Err(CvRefused::NotPdf));
        assert_eq!(check_cv("cv.pdf", b"%PDF-1.7 cut short"), Err(CvRefused::NotPdf));
        let mut large = pdf.to_vec();
        large.resize(CV_MAX_BYTES + 1, b' ');
        assert_eq!(check_cv("cv.pdf", &large), Err(CvRefused::TooLarge));
    }
}
