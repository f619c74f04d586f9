//! PASS IAE: the pages that show them, what suspends them and what closes them.

mod asked;
mod closure;
pub mod list;
mod open;
pub mod prolongation;
pub mod queries;
pub(crate) mod store;
pub mod suspensions;

pub use closure::{close, preview_closure};
pub use open::open;
