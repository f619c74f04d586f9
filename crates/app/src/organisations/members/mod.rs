//! Who acts for an organisation: its members, their roles, their departures (rule book 01 §6).

mod admin_request;
mod automatic;
mod by_team;
mod close;
mod depart;
mod join;
mod leaving;
pub mod list;
pub mod queries;
mod review;
mod role;
pub(crate) mod store;

pub use admin_request::{ask_to_administer, take_over};
pub use automatic::make_admins;
pub use by_team::{change_role_by_team, depart_by_team};
pub(crate) use close::{close_all, lock_all};
pub use depart::{depart, hands_drafts};
pub use join::add_or_activate;
pub use leaving::{ask_to_leave, withdraw_departure};
pub use review::remind_to_review;
pub use role::change_role;
