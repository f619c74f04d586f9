//! What the platform's team reads: outbox, tasks, audit trail.

pub mod list;
pub mod queries;
pub(crate) mod words;
