//! Eligibility diagnoses.

pub(crate) mod store;
