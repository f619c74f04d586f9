//! The identity provider, when this project's own is used.

use std::net::SocketAddr;
use std::path::Path;

use chrono::{DateTime, Utc};
use iae_connect::clients::NewClient;
use iae_connect::emails::Mail;
use iae_connect::keys::KeysSecret;
use iae_domain::accounts::Provider;
use iae_server::AddressSource;
use secrecy::{ExposeSecret as _, SecretString};
use url::Url;

use super::{
    ConfigError, check_safety, http, instance, invalid, limits, mail, oidc, parsed, secret, variable,
};

/// Port of the provider, unless `IAE_CONNECT_PORT` says otherwise.
const PORT: u16 = 8071;

/// What `iae connect` cannot start without.
pub const KEYS_SECRET: &str = "IAE_CONNECT_KEYS_SECRET";

/// Opens the signing keys of a demonstration, where everyone's password is public too.
pub const DEMO_KEYS_SECRET: &[u8; 32] = b"a demonstration keeps no secret.";

/// The provider on the network, and the platform it serves. The platform's own variables describe both ends.
#[derive(Debug)]
pub struct ConnectConfig {
    /// Where it listens.
    pub address: SocketAddr,
    /// Its settings.
    pub provider: iae_connect::Config,
    /// Opens its signing keys.
    pub keys_secret: KeysSecret,
    /// The platform.
    pub relying_party: RelyingParty,
}

/// The platform as the provider knows it.
#[derive(Debug, Clone)]
pub struct RelyingParty {
    /// Where people find the platform.
    pub base_url: Url,
    /// Its name at the provider.
    pub client_id: String,
    /// Its secret there.
    pub client_secret: SecretString,
}

impl ConnectConfig {
    /// Reads `IAE_CONNECT_PORT`, `IAE_CONNECT_KEYS_SECRET`, `IAE_HTTP_HOST`, `IAE_BEHIND_PROXY`, `IAE_BASE_URL`,
    /// `IAE_MAIL_*`, `IAE_SUPPORT_EMAIL`, `IAE_OIDC_IC_*` and the limits of [`limits::rates`].
    pub fn from_env() -> Result<Self, ConfigError> {
        check_safety()?;
        let missing = || ConfigError::Missing("IAE_OIDC_IC_ISSUER".to_owned());
        let registration = oidc::registration(Provider::InclusionConnect)?.ok_or_else(missing)?;
        let mut provider = iae_connect::Config::new(registration.issuer);
        provider.bounds = limits::bounds()?;
        provider.rates = limits::rates()?;
        provider.renews_weak_passwords = renews_weak_passwords()?;
        provider.terms_from = terms_from()?;
        provider.reaches_private_addresses |= reaches_private_addresses()?;
        provider.mail =
            Some(Mail { mailer: mail::mailer()?, support_email: instance::support_email()?.to_string() });
        if limits::behind_proxy()? {
            provider.client_ip = AddressSource::ForwardedByProxy;
        }
        Ok(Self {
            address: address()?,
            provider,
            keys_secret: keys_secret()?,
            relying_party: RelyingParty {
                base_url: http::base_url()?,
                client_id: registration.client_id,
                client_secret: registration.client_secret,
            },
        })
    }

    /// A provider that only this machine reaches, on `IAE_CONNECT_PORT`, with a hint under its login form, its mails in a folder.
    pub fn on_this_machine(
        relying_party: RelyingParty,
        hint: String,
        mails: &Path,
    ) -> Result<Self, ConfigError> {
        let address = address()?;
        // A name, where passkeys are tried: an address has none.
        let issuer = match variable("IAE_OIDC_IC_ISSUER") {
            Some(text) => text.parse().map_err(|_| invalid("IAE_OIDC_IC_ISSUER", "http://localhost:8071"))?,
            None => http::on_this_machine("IAE_CONNECT_PORT", address)?,
        };
        let mut provider = iae_connect::Config::new(issuer);
        provider.rates = limits::rates()?;
        provider.demo_hint = Some(hint);
        // That of a demonstration is public, and short.
        provider.renews_weak_passwords = false;
        provider.mail = Some(Mail {
            mailer: mail::demo_mailer(mails)?,
            support_email: instance::InstanceConfig::demo()?.support_email.to_string(),
        });
        let keys_secret = usable(DEMO_KEYS_SECRET)?;
        Ok(Self { address, provider, keys_secret, relying_party })
    }
}

/// Opens the signing keys of the provider: `IAE_CONNECT_KEYS_SECRET`.
pub fn keys_secret() -> Result<KeysSecret, ConfigError> {
    let text = secret(KEYS_SECRET)?;
    let bytes = hex::decode(text.expose_secret()).unwrap_or_default();
    usable(&bytes)
}

fn usable(bytes: &[u8]) -> Result<KeysSecret, ConfigError> {
    let secret = <&[u8; 32]>::try_from(bytes).ok().and_then(|bytes| KeysSecret::new(bytes).ok());
    secret.ok_or_else(|| invalid(KEYS_SECRET, "64 chiffres hexadécimaux (openssl rand -hex 32)"))
}

/// Whether weak passwords are renewed at sign-in: `IAE_CONNECT_RENEWS_WEAK_PASSWORDS`.
pub fn renews_weak_passwords() -> Result<bool, ConfigError> {
    parsed("IAE_CONNECT_RENEWS_WEAK_PASSWORDS", true, "true ou false")
}

/// Whether relying parties are told of logouts at private addresses too: `IAE_CONNECT_REACHES_PRIVATE_ADDRESSES`.
pub fn reaches_private_addresses() -> Result<bool, ConfigError> {
    parsed("IAE_CONNECT_REACHES_PRIVATE_ADDRESSES", false, "true ou false")
}

/// Since when the conditions of use apply: `IAE_CONNECT_TERMS_FROM`.
pub fn terms_from() -> Result<Option<DateTime<Utc>>, ConfigError> {
    const NAME: &str = "IAE_CONNECT_TERMS_FROM";
    let read = |value: String| value.parse().map_err(|_| invalid(NAME, "un instant (2026-12-01T00:00:00Z)"));
    variable(NAME).map(read).transpose()
}

/// The address the provider listens on.
pub fn address() -> Result<SocketAddr, ConfigError> {
    Ok(SocketAddr::new(http::host()?, parsed("IAE_CONNECT_PORT", PORT, "un numéro de port")?))
}

impl RelyingParty {
    /// What to register at the provider.
    pub fn client(&self) -> NewClient {
        NewClient {
            id: self.client_id.clone(),
            name: "Parcours IAE".to_owned(),
            secret: self.client_secret.clone(),
            scopes: Provider::InclusionConnect.contract().scope(),
            redirect_uris: vec![oidc::redirect_url(&self.base_url, Provider::InclusionConnect).to_string()],
            post_logout_redirect_uris: vec![oidc::post_logout_url(&self.base_url).to_string()],
            backchannel_logout_uri: Some(
                oidc::back_channel_logout_url(&self.base_url, Provider::InclusionConnect).to_string(),
            ),
            initiate_login_uri: Some(oidc::start_url(&self.base_url).to_string()),
            refresh_tokens: false,
        }
    }
}
