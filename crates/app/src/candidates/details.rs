//! What identifies a person and says where they live, written when a file is completed or updated.

mod store;

pub(super) use store::{Columns, save};
