//! PASS IAE: the pages that show them.

pub mod queries;
pub(crate) mod store;
