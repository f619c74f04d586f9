//! PASS IAE.

pub(crate) mod store;
