//! Auto-prescriptions, as the DDETS reads them.

pub mod queries;
