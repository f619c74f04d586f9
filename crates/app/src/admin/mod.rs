//! What the platform's team reads: outbox, tasks, audit trail.

pub mod queries;
