//! PASS IAE: the pages that show them, what suspends, closes and cancels them, the code of their attestation.

mod asked;
pub mod attestation;
pub mod cancellation;
mod closure;
mod correction;
pub mod list;
mod open;
pub mod prolongation;
pub mod queries;
pub(crate) mod store;
pub mod suspensions;

pub use closure::{close, preview_closure};
pub use correction::{correct, preview_correction};
pub use open::open;
