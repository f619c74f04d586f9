//! Prolongations of a PASS: declared or asked by an SIAE, granted or refused by a prescripteur habilité (rule book 03 §6).

mod ask;
mod decide;
mod give_back;
mod hand_over;
pub mod list;
mod lock;
pub mod queries;
mod remind;
pub mod report;
mod store;

pub use ask::{ask, declare};
pub use decide::{delegate, deny, grant};
pub(crate) use give_back::give_back;
pub(crate) use hand_over::hand_over;
pub use remind::remind_all;
