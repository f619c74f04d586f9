//! Eligibility diagnoses, and the proofs of what SIAE declare in theirs.

mod prescribe;
pub mod proofs;
pub mod queries;
pub(crate) mod store;

pub use prescribe::{Prescribe, prescribe};
