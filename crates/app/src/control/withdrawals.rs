//! The days when an SIAE may not prescribe to itself, by the decisions in force (rule book 04 §1.16).

mod queries;

pub(crate) use queries::WithdrawnRow;
pub use queries::withdrawals_of;
