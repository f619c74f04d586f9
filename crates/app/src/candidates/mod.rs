//! Candidates: files, relations, consent.

pub(crate) mod store;
