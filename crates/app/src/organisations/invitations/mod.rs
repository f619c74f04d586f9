//! Invitations to join an organisation (rule book 01 §7).

mod accept;
mod by_team;
mod change;
mod invite;
mod invite_by_team;
pub mod list;
pub mod queries;
mod store;

pub use accept::{Arrived, accept};
pub use by_team::{revoke_by_team, send_again_by_team};
pub use change::{revoke, send_again};
pub use invite::{check, invite};
pub use invite_by_team::invite_by_team;
pub(in crate::organisations) use store::{revoke_of, revoke_to_and_from};
