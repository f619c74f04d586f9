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
        Ok(Self { support_email: support_email()?, pass_prefix: pass_prefix(&required("IAE_PASS_PREFIX")?)? })
    }

    /// All that keeps it from being read.
    pub fn errors() -> impl Iterator<Item = ConfigError> {
        let support = support_email().err();
        let prefix = required("IAE_PASS_PREFIX").and_then(|text| pass_prefix(&text)).err();
        support.into_iter().chain(prefix)
    }

    /// The instance of a demonstration.
    pub fn demo() -> Result<Self, ConfigError> {
        Ok(Self { support_email: address("equipe@exemple.fr")?, pass_prefix: pass_prefix("DEMO0")? })
    }
}

/// Mailbox of the team: `IAE_SUPPORT_EMAIL`.
pub fn support_email() -> Result<Email, ConfigError> {
    address(&required("IAE_SUPPORT_EMAIL")?)
}

fn address(text: &str) -> Result<Email, ConfigError> {
    Email::parse(text).map_err(|_| invalid("IAE_SUPPORT_EMAIL", "une adresse e-mail"))
}

fn pass_prefix(text: &str) -> Result<IssuerPrefix, ConfigError> {
    IssuerPrefix::parse(text).map_err(|_| invalid("IAE_PASS_PREFIX", "5 chiffres ou lettres majuscules"))
}
