//! PASS IAE: the pages that show them.

pub mod list;
pub mod queries;
pub(crate) mod store;
