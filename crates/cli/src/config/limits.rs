//! What one visitor may ask of the platform.

use std::num::NonZeroU32;

use iae_server::{AddressSource, Bounds, Rates};
use iae_web::limits::Limits;
use iae_web::pace::Patience;

use super::{ConfigError, parsed};

/// Limits of the platform.
#[derive(Debug, Clone, Copy)]
pub struct LimitsConfig(Limits);

impl LimitsConfig {
    /// Reads `IAE_ACCOUNT_PAGES_PER_MINUTE`, `IAE_ANONYMOUS_PAGES_PER_MINUTE`, `IAE_LOGIN_FAILURES_PER_MINUTE` and
    /// `IAE_BEHIND_PROXY`.
    pub fn from_env() -> Result<Self, ConfigError> {
        let client_address =
            if behind_proxy()? { AddressSource::ForwardedByProxy } else { AddressSource::Peer };
        Ok(Self(Limits { rates: rates()?, client_address, patience: Patience::default(), bounds: bounds()? }))
    }

    /// As the pages need them.
    pub const fn limits(self) -> Limits {
        self.0
    }
}

/// What one visitor may ask for in a minute, of the platform and of its identity provider alike.
pub fn rates() -> Result<Rates, ConfigError> {
    let default = Rates::default();
    let at_least_one =
        |name, default: NonZeroU32| parsed::<NonZeroU32>(name, default, "un nombre d’au moins 1");
    Ok(Rates {
        account_pages_per_minute: at_least_one(
            "IAE_ACCOUNT_PAGES_PER_MINUTE",
            default.account_pages_per_minute,
        )?,
        anonymous_pages_per_minute: at_least_one(
            "IAE_ANONYMOUS_PAGES_PER_MINUTE",
            default.anonymous_pages_per_minute,
        )?,
        login_failures_per_minute: at_least_one(
            "IAE_LOGIN_FAILURES_PER_MINUTE",
            default.login_failures_per_minute,
        )?,
    })
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
