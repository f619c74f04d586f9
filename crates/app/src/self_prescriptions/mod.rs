//! Auto-prescriptions, as the DDETS reads them.

pub mod list;
pub mod queries;
