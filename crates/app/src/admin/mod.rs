//! What the platform's team reads: outbox, tasks, audit trail.

pub mod list;
pub(crate) mod words;
