//! Sessions: browsers in which someone is signed in.
//!
//! 30 minutes from the password, whatever happens meanwhile (IDP-6). The rule book says
//! `SameSite=None`; `Lax` is enough, since every legitimate entry with a session is a top-level
//! navigation, and it keeps the cookie out of other sites' frames and forms.

pub(crate) mod cookie;
pub(crate) mod log_in;
pub(crate) mod log_out;
mod store;

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

pub(crate) use store::{delete_all_of as end_all_of, purge};

/// Absolute life of a session (IDP-6).
pub(crate) const LIFETIME: TimeDelta = TimeDelta::minutes(30);

/// An open session of an open account.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    /// Who is signed in.
    pub(crate) account_id: Uuid,
    /// When the password was typed.
    pub(crate) authenticated_at: DateTime<Utc>,
}
