//! What is read of two organisations before one gives anything to the other.

mod counts;
mod found;
mod parties;
mod reports;

pub(super) use counts::counts;
pub use found::{NamedOrganisation, TARGETS_SHOWN, named, successor, targets};
pub(super) use parties::{doubles, merging, parties};
pub use reports::{TransferReport, last_report, reports_of};
