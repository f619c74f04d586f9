//! What makes this instance itself.

use iae_domain::pass::IssuerPrefix;
use iae_domain::text::Email;

use super::{ConfigError, invalid, required};

/// Identity of the instance.
#[derive(Debug, Clone)]
pub struct InstanceConfig {
    /// Mailbox of its team.
    pub support_email: Email,
    /// Issuer prefix of its PASS numbers (D10).
    pub pass_prefix: IssuerPrefix,
}

impl InstanceConfig {
    /// Reads `IAE_SUPPORT_EMAIL` and `IAE_PASS_PREFIX`.
    pub fn from_env() -> Result<Self, ConfigError> {
        Ok(Self {
            support_email: Email::parse(&required("IAE_SUPPORT_EMAIL")?)
                .map_err(|_| invalid("IAE_SUPPORT_EMAIL", "une adresse e-mail"))?,
            pass_prefix: IssuerPrefix::parse(&required("IAE_PASS_PREFIX")?)
                .map_err(|_| invalid("IAE_PASS_PREFIX", "5 chiffres ou lettres majuscules"))?,
        })
    }
}
