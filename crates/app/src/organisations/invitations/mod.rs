//! Invitations to join an organisation (rule book 01 §7).

mod accept;
mod change;
mod invite;
pub mod queries;
mod store;

pub use accept::{Arrived, accept};
pub use change::{revoke, send_again};
pub use invite::{check, invite};
pub(in crate::organisations) use store::{revoke_of, revoke_to_and_from};
