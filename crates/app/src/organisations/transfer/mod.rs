//! The team makes one organisation of two, or transfers what a company has to another (rule book 01 §13): seen with its counts, then done
//! in one transaction, each category by statements that move all of it at once.
//!
//! Whoever moves things for another reason (a structure that is merged, or split) asks `preview` what there is, and `carry_out` to
//! move it, under `lock` and within what they save.

mod carry_out;
pub mod categories;
mod company;
mod merge;
mod preview;
pub mod queries;
mod store;

pub use company::{TransferPreview, preview_transfer, transfer};
pub use merge::{MergerPreview, merge, preview_merger};

pub(crate) use carry_out::carry_out;
pub(crate) use preview::preview;
pub(crate) use store::lock;
