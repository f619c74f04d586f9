//! What an operator may ask for.

pub mod import;
pub mod migrate;
