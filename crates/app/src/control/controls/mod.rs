//! The control of each drawn SIAE: what it defends, what its DDETS reviews (rule book 04 §1.9 to §1.11).

mod defend;
mod launch;
mod lock;
pub mod queries;
mod remind;
mod review;
pub(super) mod store;

pub use defend::{choose, give_proof, submit};
pub(super) use launch::launch;
pub use remind::remind_all;
pub use review::{COMMENT_MAX_CHARS, comment, review, validate};
