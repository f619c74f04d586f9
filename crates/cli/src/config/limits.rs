//! What one visitor may ask of the platform.

use std::num::NonZeroU32;

use iae_server::Bounds;
use iae_web::limits::{ClientAddress, Limits};
use iae_web::pace::Patience;

use super::{ConfigError, parsed};

/// Limits of the platform.
#[derive(Debug, Clone, Copy)]
pub struct LimitsConfig(Limits);

impl LimitsConfig {
    /// Reads `IAE_LOGIN_FAILURES_PER_MINUTE` and `IAE_BEHIND_PROXY`.
    pub fn from_env() -> Result<Self, ConfigError> {
        let default = Limits::default().login_failures_per_minute;
        let login_failures_per_minute: NonZeroU32 =
            parsed("IAE_LOGIN_FAILURES_PER_MINUTE", default, "un nombre d’au moins 1")?;
        let client_address =
            if behind_proxy()? { ClientAddress::ForwardedByProxy } else { ClientAddress::Peer };
        let (patience, bounds) = (Patience::default(), bounds()?);
        Ok(Self(Limits { login_failures_per_minute, client_address, patience, bounds }))
    }

    /// As the pages need them.
    pub const fn limits(self) -> Limits {
        self.0
    }
}

/// How much one may ask of a server: our own proxy has all the connections there are.
pub fn bounds() -> Result<Bounds, ConfigError> {
    let bounds = Bounds::default();
    Ok(if behind_proxy()? { Bounds { connections_of_one: None, ..bounds } } else { bounds })
}

/// Whether a proxy of ours stands in front and writes `X-Forwarded-For`.
pub fn behind_proxy() -> Result<bool, ConfigError> {
    parsed("IAE_BEHIND_PROXY", false, "true ou false")
}
