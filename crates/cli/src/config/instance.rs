//! What makes this instance itself.

use iae_domain::ids::OrganisationId;
use iae_domain::pass::IssuerPrefix;
use iae_domain::text::Email;

use super::{ConfigError, invalid, required, variable};

/// Identity of the instance.
#[derive(Debug, Clone)]
pub struct InstanceConfig {
    /// Mailbox of its team.
    pub support_email: Email,
    /// Issuer prefix of its PASS numbers (D10).
    pub pass_prefix: IssuerPrefix,
    /// Organisations whose members show a second factor (AUT-20).
    pub second_factor_for: Vec<OrganisationId>,
}

impl InstanceConfig {
    /// Reads `IAE_SUPPORT_EMAIL`, `IAE_PASS_PREFIX` and `IAE_SECOND_FACTOR_FOR`.
    pub fn from_env() -> Result<Self, ConfigError> {
        Ok(Self {
            support_email: support_email()?,
            pass_prefix: pass_prefix(&required("IAE_PASS_PREFIX")?)?,
            second_factor_for: second_factor_for()?,
        })
    }

    /// All that keeps it from being read.
    pub fn errors() -> impl Iterator<Item = ConfigError> {
        let support = support_email().err();
        let prefix = required("IAE_PASS_PREFIX").and_then(|text| pass_prefix(&text)).err();
        support.into_iter().chain(prefix).chain(second_factor_for().err())
    }

    /// The instance of a demonstration.
    pub fn demo() -> Result<Self, ConfigError> {
        Ok(Self {
            support_email: address("equipe@exemple.fr")?,
            pass_prefix: pass_prefix("DEMO0")?,
            second_factor_for: vec![],
        })
    }
}

/// Mailbox of the team: `IAE_SUPPORT_EMAIL`.
pub fn support_email() -> Result<Email, ConfigError> {
    address(&required("IAE_SUPPORT_EMAIL")?)
}

fn address(text: &str) -> Result<Email, ConfigError> {
    Email::parse(text).map_err(|_| invalid("IAE_SUPPORT_EMAIL", "une adresse e-mail"))
}

/// Organisations whose members show a second factor, by their ids: `IAE_SECOND_FACTOR_FOR`, none when it is not set.
fn second_factor_for() -> Result<Vec<OrganisationId>, ConfigError> {
    let listed = variable("IAE_SECOND_FACTOR_FOR").unwrap_or_default();
    let ids = listed.split(',').map(str::trim).filter(|id| !id.is_empty()).map(str::parse);
    ids.collect::<Result<_, _>>().map_err(|_| {
        invalid("IAE_SECOND_FACTOR_FOR", "des identifiants d’organisations, séparés par des virgules")
    })
}

fn pass_prefix(text: &str) -> Result<IssuerPrefix, ConfigError> {
    IssuerPrefix::parse(text).map_err(|_| invalid("IAE_PASS_PREFIX", "5 chiffres ou lettres majuscules"))
}
