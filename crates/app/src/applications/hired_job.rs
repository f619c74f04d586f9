//! The post of a hire, when the company had none of it (ACC-21).

mod store;

pub(super) use store::{job_for_hire, save_hire};

/// A post that is typed at the hire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewJob {
    /// The appellation of the ROME.
    pub appellation: String,
    /// INSEE code of the commune where the work is done.
    pub commune: String,
}
