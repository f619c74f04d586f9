//! Documents one keeps, as PDF that can be read aloud: data in, bytes out (ADR 29).
//!
//! Every document is tagged and conforms to PDF/UA-1: language, title, headings, tables with their headers, lists, what only
//! decorates set apart. It embeds its faces. Text of people is drawn as it is, never read as anything else; a character that
//! the faces do not have shows as an empty box, and keeps its meaning for who listens or copies.

mod attestation;
mod contact;
mod control_contents;
mod face;
mod layout;
mod lines;
mod refusal_letter;
mod sanction_letter;
mod write;

pub use attestation::{Attestation, Diagnosis, Employer, Verification, attestation, counted};
pub use contact::Contact;
pub use control_contents::{ContentsPart, ContentsPiece, ControlContents, control_contents};
pub use refusal_letter::{AskedProlongation, Proposal, RefusalLetter, refusal_letter};
pub use sanction_letter::{
    IrregularPass, LEGAL_BASE, ReplacedDecision, SanctionLetter, TIME_OF_APPEAL, WAYS_OF_APPEAL,
    sanction_letter,
};

/// Why a document could not be made: always a defect of ours.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    /// The faces inside the binary are no fonts.
    #[error("the embedded faces cannot be read")]
    Faces,
    /// What was laid out does not conform to PDF/UA-1, or cannot be written. Says nothing of what the document holds.
    #[error("the document cannot be written: {0}")]
    Writing(String),
}
