//! The control of auto-prescriptions by the DDETS (rule book 04 §1): campaigns and their draw, what SIAE defend, what agents review.

pub mod campaigns;
pub mod controls;
mod withdrawals;

pub(crate) use withdrawals::WithdrawnRow;
pub use withdrawals::withdrawals_of;
