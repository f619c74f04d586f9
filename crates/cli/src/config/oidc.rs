//! The identity providers people sign in with.

use iae_app::gateways::oidc::ProviderSettings;
use iae_domain::accounts::Provider;
use iae_web::paths::{BackChannelLogoutPath, CallbackPath, LoginPath, LogoutCallbackPath};
use secrecy::SecretString;
use url::Url;

use super::{ConfigError, invalid, required, secret, variable};

/// How the platform is known to each configured provider.
#[derive(Debug)]
pub struct OidcConfig {
    providers: Vec<Registration>,
}

/// How the platform is known to one provider.
#[derive(Debug, Clone)]
pub struct Registration {
    /// The provider.
    pub provider: Provider,
    /// Its issuer.
    pub issuer: Url,
    /// Our name there.
    pub client_id: String,
    /// Our secret there.
    pub client_secret: SecretString,
    /// The page where people look after their account there, when it is known.
    pub account_url: Option<Url>,
}

impl OidcConfig {
    /// Reads `IAE_OIDC_<code>_ISSUER`, `_CLIENT_ID`, `_CLIENT_SECRET` and `_ACCOUNT_URL` for each provider whose issuer
    /// is set.
    pub fn from_env() -> Result<Self, ConfigError> {
        let providers = Provider::ALL.iter().filter_map(|provider| registration(*provider).transpose());
        let providers = providers.collect::<Result<Vec<_>, _>>()?;
        if providers.is_empty() { Err(ConfigError::NoProvider) } else { Ok(Self { providers }) }
    }

    /// One provider only.
    pub fn only(registration: Registration) -> Self {
        Self { providers: vec![registration] }
    }

    /// The settings of each provider, for a platform at `base_url`.
    pub fn settings(self, base_url: &Url) -> Vec<ProviderSettings> {
        let settings = |registration: Registration| ProviderSettings {
            redirect_url: redirect_url(base_url, registration.provider),
            post_logout_url: post_logout_url(base_url),
            provider: registration.provider,
            issuer: registration.issuer,
            client_id: registration.client_id,
            client_secret: registration.client_secret,
            account_url: registration.account_url,
        };
        self.providers.into_iter().map(settings).collect()
    }
}

/// How the platform is known to a provider, none when the provider is not configured.
pub fn registration(provider: Provider) -> Result<Option<Registration>, ConfigError> {
    let name = |what| format!("IAE_OIDC_{}_{what}", provider.code());
    let Some(issuer) = variable(&name("ISSUER")) else { return Ok(None) };
    Ok(Some(Registration {
        provider,
        issuer: issuer
            .parse()
            .map_err(|_| invalid(&name("ISSUER"), "l’adresse que le fournisseur annonce, https://…"))?,
        client_id: required(&name("CLIENT_ID"))?,
        client_secret: secret(&name("CLIENT_SECRET"))?,
        account_url: account_url(&name("ACCOUNT_URL"))?,
    }))
}

/// A link of our own pages leads there: an address of a site, and nothing else.
fn account_url(name: &str) -> Result<Option<Url>, ConfigError> {
    let Some(text) = variable(name) else { return Ok(None) };
    let url = Url::parse(&text).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
    url.map(Some).ok_or_else(|| invalid(name, "l’adresse de la page du compte, https://…"))
}

/// Where a provider says that somebody is logged out there (OpenID Connect Back-Channel Logout 1.0).
pub fn back_channel_logout_url(base_url: &Url, provider: Provider) -> Url {
    let mut url = base_url.clone();
    url.set_path(&BackChannelLogoutPath { provider: provider.code().to_lowercase() }.to_string());
    url
}

/// Where a provider sends people back (OID-5).
pub fn redirect_url(base_url: &Url, provider: Provider) -> Url {
    let mut url = base_url.clone();
    url.set_path(&CallbackPath { provider: provider.code().to_lowercase() }.to_string());
    url
}

/// Where people begin to sign in, and where a provider sends who is to begin again.
pub fn start_url(base_url: &Url) -> Url {
    let mut url = base_url.clone();
    url.set_path(&LoginPath.to_string());
    url
}

/// Where a provider sends people once its own session is closed (AUT-11).
pub fn post_logout_url(base_url: &Url) -> Url {
    let mut url = base_url.clone();
    url.set_path(&LogoutCallbackPath.to_string());
    url
}
