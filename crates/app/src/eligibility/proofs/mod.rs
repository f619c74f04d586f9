//! The proofs that an SIAE keeps of the criteria it declared (rule book 03 §2.13; 05 C11): deposited, replaced, removed, forgotten once
//! they serve no more.

mod deposit;
mod expire;
pub mod queries;
mod remove;
pub(crate) mod store;

pub use deposit::{Deposit, DepositRefused, deposit};
pub(crate) use expire::expire;
pub use remove::remove;
