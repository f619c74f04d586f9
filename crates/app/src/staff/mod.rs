//! The team itself: its groups, and the remarks its members leave with what they do.

mod groups;
pub mod remarks;
mod store;

pub use groups::{Member, change_group, members};
