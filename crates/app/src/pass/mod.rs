//! PASS IAE: the pages that show them.

pub mod list;
mod open;
pub mod prolongation;
pub mod queries;
pub(crate) mod store;

pub use open::open;
