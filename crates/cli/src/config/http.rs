//! Where the platform listens, and where people find it.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use iae_web::state::CookieKey;
use secrecy::ExposeSecret as _;
use url::Url;

use super::{ConfigError, invalid, parsed, required, secret};

/// Port of the platform, unless `IAE_HTTP_PORT` says otherwise.
const PORT: u16 = 8070;

/// The platform on the network.
#[derive(Clone)]
pub struct HttpConfig {
    /// Where it listens.
    pub address: SocketAddr,
    /// Where people find it.
    pub base_url: Url,
    /// Encrypts cookies. All the instances behind one address share it.
    pub cookie_key: CookieKey,
}

impl HttpConfig {
    /// Reads `IAE_HTTP_HOST`, `IAE_HTTP_PORT`, `IAE_BASE_URL` and `IAE_COOKIE_KEY`.
    pub fn from_env() -> Result<Self, ConfigError> {
        Ok(Self { address: address()?, base_url: base_url()?, cookie_key: cookie_key()? })
    }

    /// A platform that only this machine reaches, on `IAE_HTTP_PORT`, with the key that a demonstration keeps.
    pub fn on_this_machine(cookie_key: CookieKey) -> Result<Self, ConfigError> {
        let address = address()?;
        let base_url = on_this_machine("IAE_HTTP_PORT", address)?;
        Ok(Self { address, base_url, cookie_key })
    }
}

/// The address people type for a server that listens on `address`.
pub fn on_this_machine(variable: &str, address: SocketAddr) -> Result<Url, ConfigError> {
    Url::parse(&format!("http://{address}")).map_err(|_| invalid(variable, "un numéro de port"))
}

/// Where the platform listens.
pub fn address() -> Result<SocketAddr, ConfigError> {
    Ok(SocketAddr::new(host()?, parsed("IAE_HTTP_PORT", PORT, "un numéro de port")?))
}

/// The network interface to listen on: the machine itself by default.
pub fn host() -> Result<IpAddr, ConfigError> {
    parsed("IAE_HTTP_HOST", Ipv4Addr::LOCALHOST.into(), "une adresse IP")
}

/// The public address of the platform.
pub fn base_url() -> Result<Url, ConfigError> {
    let url = required("IAE_BASE_URL")?.parse().ok();
    let url = url.filter(|url: &Url| url.has_host() && matches!(url.scheme(), "http" | "https"));
    url.filter(|url| url.path() == "/").ok_or_else(|| invalid("IAE_BASE_URL", "https://iae.exemple.fr"))
}

/// What encrypts cookies.
pub fn cookie_key() -> Result<CookieKey, ConfigError> {
    let text = secret("IAE_COOKIE_KEY")?;
    let bytes = hex::decode(text.expose_secret()).unwrap_or_default();
    CookieKey::try_from(bytes.as_slice())
        .map_err(|_| invalid("IAE_COOKIE_KEY", "128 chiffres hexadécimaux (openssl rand -hex 64)"))
}
