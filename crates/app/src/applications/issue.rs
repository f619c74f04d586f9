//! The PASS that a hire gives, at once or by hand: what both read.

mod queries;

pub(super) use queries::{Parties, accepted_by, parties};
