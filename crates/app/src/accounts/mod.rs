//! Signing in and out, sessions, the organisation people act for.

mod create_staff;
mod end_sessions;
mod log_in_oidc;
mod log_out;
pub(crate) mod queries;
pub mod sessions;
mod signed_in;
mod store;
mod switch_organisation;

pub use create_staff::create_staff;
pub use end_sessions::{end_every_session, end_sessions, end_sessions_of, end_sessions_within};
pub use log_in_oidc::{
    ATTEMPT_LIFETIME, BeginError, Begun, Callback, CompleteError, Completed, Declined, asked_page, begin,
    complete,
};
pub use log_out::{LeftOpen, log_out};
pub use signed_in::{Membership, Role, SignedIn, signed_in};
pub use switch_organisation::switch_organisation;
