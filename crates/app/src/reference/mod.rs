//! Reference data: territories, the ROME nomenclature, the criteria of eligibility.
//!
//! The files of `reference/` are embedded in the binary and loaded by `iae migrate`; `iae import` brings complete or
//! newer official files.

mod load;
pub mod queries;
mod store;

pub use load::{LoadError, load};

#[cfg(test)]
mod tests;
