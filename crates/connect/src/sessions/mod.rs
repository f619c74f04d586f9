//! Sessions: browsers in which someone is signed in.
//!
//! 30 minutes from the password, whatever happens meanwhile (IDP-6). The rule book says
//! `SameSite=None`; `Lax` is enough, since every legitimate entry with a session is a top-level
//! navigation, and it keeps the cookie out of other sites' frames and forms.
//!
//! A session ends through [`end`], which tells relying parties and takes back what it gave.

pub(crate) mod admit;
pub(crate) mod backchannel;
pub(crate) mod cookie;
mod device;
pub(crate) mod end;
mod headed;
pub(crate) mod log_in;
pub(crate) mod log_in_with_passkey;
pub(crate) mod log_out;
mod methods;
mod open;
pub(crate) mod step;
pub(crate) mod step_up;
mod store;
mod visit;

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

pub(crate) use device::Device;
pub(crate) use headed::Headed;
pub(crate) use methods::{Acr, Methods};
pub(crate) use open::{Opening, open};
pub(crate) use store::{expires_at, purge, serve, upgrade};
pub(crate) use visit::Visit;

/// Absolute life of a session (IDP-6).
pub(crate) const LIFETIME: TimeDelta = TimeDelta::minutes(30);

/// An open session of an open account.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    /// Claim `sid`.
    pub(crate) id: Uuid,
    /// Who is signed in.
    pub(crate) account_id: Uuid,
    /// When the password was typed, or the passkey shown.
    pub(crate) authenticated_at: DateTime<Utc>,
    /// How.
    pub(crate) methods: Methods,
    /// The application or the passkey that opened it, if one did (AUT-24).
    pub(crate) factor_id: Option<Uuid>,
}
