//! PASS IAE: the pages that show them, what suspends them and what closes them, the code of their attestation.

mod asked;
pub mod attestation;
mod closure;
pub mod list;
mod open;
pub mod prolongation;
pub mod queries;
pub(crate) mod store;
pub mod suspensions;

pub use closure::{close, preview_closure};
pub use open::open;
