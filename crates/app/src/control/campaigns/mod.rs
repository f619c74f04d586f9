//! Campaigns of control: opened, drawn, turned from a phase to the next (rule book 04 §1.3 to §1.7, §1.12).

mod draw;
pub mod list;
mod open;
pub mod queries;
mod ratio;
pub(super) mod store;
mod turn;

pub use draw::{Verification, freeze_list, launch, verify};
pub use open::{NewCampaigns, open};
pub use ratio::set_ratio;
pub use turn::turn;
