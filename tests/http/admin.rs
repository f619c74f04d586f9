//! The pages of the staff: outbox, tasks, audit trail.
