//! The organisations, as the team reads and tends them (rule book 01 §13, CMP-10, CMP-13, CMP-16, INS-1).

mod change;
mod convention;
mod create;
pub mod list;
pub mod queries;
mod store;
mod visibility;

pub use change::{change, preview};
pub use convention::turn as turn_convention;
pub use create::create;
pub use visibility::turn as turn_visibility;
