//! The environment, read here and nowhere else: one file for each subject. `.env.sample` lists every variable.

mod check;
mod connect;
mod database;
mod demo_key;
mod http;
mod instance;
mod limits;
mod mail;
mod oidc;
mod production;
mod sirene;
mod storage;

use std::path::PathBuf;
use std::str::FromStr;

use secrecy::SecretString;

pub use check::everything;
pub use connect::{ConnectConfig, RelyingParty, keys_secret};
pub use database::DatabaseConfig;
pub use demo_key::demo_cookie_key;
pub use http::{HttpConfig, base_url};
pub use instance::InstanceConfig;
pub use limits::LimitsConfig;
pub use mail::{demo_mailer, mailer};
pub use oidc::{OidcConfig, Registration};
pub use sirene::sirene_from_env;
pub use storage::{StorageConfig, antivirus_from_env};

use production::Fault;

/// Every variable of ours. One that begins alike and is not here is a typing mistake that would otherwise be
/// ignored, so it stops the start.
const VARIABLES: &[&str] = &[
    "IAE_ACCOUNT_PAGES_PER_MINUTE",
    "IAE_ANONYMOUS_PAGES_PER_MINUTE",
    "IAE_ANTIVIRUS_URL",
    "IAE_BASE_URL",
    "IAE_BEHIND_PROXY",
    "IAE_CONNECT_KEYS_SECRET",
    "IAE_CONNECT_PORT",
    "IAE_CONNECT_REACHES_PRIVATE_ADDRESSES",
    "IAE_CONNECT_RENEWS_WEAK_PASSWORDS",
    "IAE_CONNECT_TERMS_FROM",
    "IAE_COOKIE_KEY",
    "IAE_DATABASE_CONNECTIONS",
    "IAE_DATA_DIR",
    "IAE_FILES_URL",
    "IAE_HTTP_HOST",
    "IAE_HTTP_PORT",
    "IAE_LOGIN_FAILURES_PER_MINUTE",
    "IAE_MAIL_FROM",
    "IAE_MAIL_URL",
    "IAE_OIDC_FC_ACCOUNT_URL",
    "IAE_OIDC_FC_CLIENT_ID",
    "IAE_OIDC_FC_CLIENT_SECRET",
    "IAE_OIDC_FC_ISSUER",
    "IAE_OIDC_FTC_ACCOUNT_URL",
    "IAE_OIDC_FTC_CLIENT_ID",
    "IAE_OIDC_FTC_CLIENT_SECRET",
    "IAE_OIDC_FTC_ISSUER",
    "IAE_OIDC_IC_ACCOUNT_URL",
    "IAE_OIDC_IC_CLIENT_ID",
    "IAE_OIDC_IC_CLIENT_SECRET",
    "IAE_OIDC_IC_ISSUER",
    "IAE_OIDC_PC_ACCOUNT_URL",
    "IAE_OIDC_PC_CLIENT_ID",
    "IAE_OIDC_PC_CLIENT_SECRET",
    "IAE_OIDC_PC_ISSUER",
    "IAE_PASS_PREFIX",
    "IAE_SECOND_FACTOR_FOR",
    "IAE_SIRENE_KEY",
    "IAE_SIRENE_URL",
    "IAE_SUPPORT_EMAIL",
    "IAE_TRUSTED_NETWORK",
];

/// A variable is missing or cannot be what it is.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The variable is not set.
    #[error("la variable {0} manque")]
    Missing(String),
    /// The variable is not of the expected form. Its value is not repeated: it may hold a password.
    #[error("la variable {name} n’est pas de la forme attendue : {expected}")]
    Invalid {
        /// Its name.
        name: String,
        /// What was expected.
        expected: &'static str,
    },
    /// The variable is none of ours.
    #[error("la variable {0} n’existe pas : voyez .env.sample")]
    Unknown(String),
    /// No way to sign in.
    #[error("aucun fournisseur d’identité : il manque IAE_OIDC_IC_ISSUER, ou celui d’un autre fournisseur")]
    NoProvider,
    /// Settings no instance may start with.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Unsafe(Vec<Fault>),
}

/// Refuses a misspelt variable before anything starts.
pub fn check_names() -> Result<(), ConfigError> {
    unknown().into_iter().next().map_or(Ok(()), |name| Err(ConfigError::Unknown(name)))
}

/// Refuses settings that would put an instance and its people at risk.
pub fn check_safety() -> Result<(), ConfigError> {
    let faults = production::faults(variable);
    if faults.is_empty() { Ok(()) } else { Err(ConfigError::Unsafe(faults)) }
}

/// The misspelt variables.
fn unknown() -> Vec<String> {
    #[expect(clippy::disallowed_methods, reason = "names only, to find misspelt ones")]
    let names = std::env::vars_os().filter_map(|(name, _)| name.into_string().ok());
    names.filter(|name| !is_known(name)).collect()
}

fn is_known(name: &str) -> bool {
    !name.starts_with("IAE_") || VARIABLES.contains(&name)
}

/// The value of a variable, none when it is not set or empty.
fn variable(name: &str) -> Option<String> {
    debug_assert!(!name.starts_with("IAE_") || VARIABLES.contains(&name), "{name} is not listed");
    #[expect(clippy::disallowed_methods, reason = "the one reading of the environment")]
    let value = std::env::var(name).ok();
    value.filter(|value| !value.is_empty())
}

/// Where a demonstration keeps its mails and files.
pub fn data_dir() -> Result<PathBuf, ConfigError> {
    required("IAE_DATA_DIR").map(PathBuf::from)
}

/// The value of a variable the program cannot do without.
fn required(name: &str) -> Result<String, ConfigError> {
    variable(name).ok_or_else(|| ConfigError::Missing(name.to_owned()))
}

/// A secret the program cannot do without.
fn secret(name: &str) -> Result<SecretString, ConfigError> {
    required(name).map(SecretString::from)
}

/// The value of a variable as what it stands for, `default` when it is not set.
fn parsed<T: FromStr>(name: &str, default: T, expected: &'static str) -> Result<T, ConfigError> {
    variable(name).map_or(Ok(default), |value| value.parse().map_err(|_| invalid(name, expected)))
}

fn invalid(name: &str, expected: &'static str) -> ConfigError {
    ConfigError::Invalid { name: name.to_owned(), expected }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_variable_is_named() {
        assert!(is_known("IAE_HTTP_PORT") && is_known("PATH"));
        assert!(!is_known("IAE_HTTP_PROT"));
        let sentence = ConfigError::Unknown("IAE_HTTP_PROT".to_owned()).to_string();
        assert_eq!(sentence, "la variable IAE_HTTP_PROT n’existe pas : voyez .env.sample");
    }

    #[test]
    fn every_variable_is_in_the_sample_and_the_reverse() {
        let sample = include_str!("../../../.env.sample");
        let mut named: Vec<&str> = sample
            .lines()
            .filter_map(|line| line.trim_start_matches("# ").split_once('='))
            .map(|(name, _)| name)
            .filter(|name| name.starts_with("IAE_"))
            .collect();
        named.sort_unstable();
        assert_eq!(named, VARIABLES);
    }
}
