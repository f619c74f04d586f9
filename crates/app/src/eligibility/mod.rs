//! Eligibility diagnoses.

mod prescribe;
pub mod queries;
pub(crate) mod store;

pub use prescribe::{Prescribe, prescribe};
