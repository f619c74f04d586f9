//! The roads of professionals into the platform, besides invitations (rule book 01 §8). Joining itself is
//! [`super::members::add_or_activate`]'s, whatever the road (MEM-3).

mod agency;
mod company_link;
mod establishment;
mod found;
mod join_request;
pub mod queries;
mod store;

pub use agency::{join_agency, join_by_safir, lock_agency};
pub use company_link::{join_by_link, send_link};
pub use establishment::look_up;
pub use found::{found_facilitator, found_prescriber};
pub use join_request::{ShownAs, ask_to_join};
