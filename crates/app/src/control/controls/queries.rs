//! Controls as pages show them: to the SIAE that defends itself, to the DDETS that reviews, to both once it is decided.

pub mod defence;
pub(super) mod file;
mod last;
mod made;
pub mod outcome;
pub mod review;

pub use made::{Made, MadeDecisions, Making};
