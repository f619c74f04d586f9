//! Controls in and out of the database.

mod archive;
pub(in crate::control) mod decisions;
mod launch;
mod read;
mod row;
mod save;

pub(super) use archive::{save_archived, to_archive};
pub(super) use launch::{drawn, insert_all};
pub use read::LastComment;
pub(in super::super) use read::{Only, of_campaign, read};
pub(super) use read::{control_of_criterion, control_of_hire, last_comment, lock};
pub(in super::super) use save::save_turned;
pub(super) use save::{
    save_chosen, save_comment, save_proof, save_reminded, save_reviewed, save_submitted, save_validated,
};
