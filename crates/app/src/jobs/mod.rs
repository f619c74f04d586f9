//! What the worker does for each task of the queue; each is safe to run twice.

mod anonymise_cancelled_passes;
mod archive_controls;
mod count_figures;
mod delete_file;
mod derive_directory;
mod expire_openings;
mod fold_application_counts;
mod follow_habilitations;
mod follow_unused_accounts;
pub mod list;
mod members;
mod prepare_export;
mod purge;
mod purge_logins;
pub mod queries;
mod recompute_scores;
mod remind_controls;
mod remind_prolongations;
mod schedule;
mod seal_audit_trail;
mod send_email;
mod worker;

pub use worker::{run, run_pending};
