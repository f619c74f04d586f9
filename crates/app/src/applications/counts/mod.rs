//! How many applications of each state an organisation has (ADR 43): changes are rows of their own, folded into the counts from time to
//! time, so that nobody waits to be counted.

mod store;

pub use store::fold;
