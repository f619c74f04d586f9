//! Candidates: identifiers, profile, what is shared about them.

mod event;
mod identification;

pub use event::{CandidateChange, CandidateEvent, LookUpKey};
pub use identification::Identification;
