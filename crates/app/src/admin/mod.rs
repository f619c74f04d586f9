//! What the platform's team reads: outbox, tasks, audit trail.

pub mod list;
pub mod organisations;
mod read_email;
pub(crate) mod words;

pub use read_email::read_email;
