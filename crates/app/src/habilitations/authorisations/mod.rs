//! Organisations that registered, whose authorisation the team decides of (PRE-7 to PRE-9).

mod decide;
pub mod list;
pub mod queries;

pub use decide::{change_kind, refuse, validate};
