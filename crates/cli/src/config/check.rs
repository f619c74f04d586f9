//! Every setting read at once, for `iae check-config`: an operator mends them all, then starts.

use iae_domain::accounts::Provider;

use super::{
    ConfigError, DatabaseConfig, InstanceConfig, LimitsConfig, OidcConfig, StorageConfig, connect, http,
    oidc, parsed, production, unknown, variable,
};

/// What is wrong with the environment, one sentence for each setting; nothing when an instance may start.
pub fn everything() -> Vec<String> {
    let mut wrong: Vec<String> =
        unknown().into_iter().map(|name| ConfigError::Unknown(name).to_string()).collect();
    wrong.extend(unreadable().into_iter().map(|error| error.to_string()));
    wrong.extend(production::faults(variable).into_iter().map(|fault| fault.to_string()));
    wrong
}

/// What is missing, or not of its form.
fn unreadable() -> Vec<ConfigError> {
    let mut found = vec![
        DatabaseConfig::from_env().err(),
        http::address().err(),
        http::base_url().err(),
        http::cookie_key().err(),
        LimitsConfig::from_env().err(),
        super::mailer().err(),
        StorageConfig::from_env().err(),
        super::sirene_from_env().err(),
        connect::address().err(),
        connect::renews_weak_passwords().err(),
        connect::terms_from().err(),
        connect::reaches_private_addresses().err(),
        parsed("IAE_TRUSTED_NETWORK", false, "true ou false").err(),
    ];
    found.extend(InstanceConfig::errors().map(Some));
    // Only `iae connect` needs it, and another machine may run it.
    if variable(connect::KEYS_SECRET).is_some() {
        found.push(connect::keys_secret().err());
    }
    let registrations: Vec<_> = Provider::ALL.iter().map(|provider| oidc::registration(*provider)).collect();
    if registrations.iter().all(Result::is_ok) {
        found.push(OidcConfig::from_env().err());
    }
    found.extend(registrations.into_iter().map(Result::err));
    found.into_iter().flatten().collect()
}
