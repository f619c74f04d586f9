//! Whom establishments are asked of, at sign-up (D18).

use iae_app::gateways::sirene::{ADDRESS, Sirene};
use secrecy::SecretString;
use url::Url;

use super::{ConfigError, invalid, variable};

/// Reads `IAE_SIRENE_KEY`, without which nobody is asked, and `IAE_SIRENE_URL`.
pub fn sirene_from_env() -> Result<Sirene, ConfigError> {
    let refused = || invalid("IAE_SIRENE_URL", ADDRESS);
    let address = variable("IAE_SIRENE_URL").unwrap_or_else(|| ADDRESS.to_owned());
    let address: Url = address.parse().map_err(|_| refused())?;
    if !matches!(address.scheme(), "https" | "http") || !address.has_host() {
        return Err(refused());
    }
    let Some(key) = variable("IAE_SIRENE_KEY") else { return Ok(Sirene::Off) };
    if !key.bytes().all(|b| b.is_ascii_graphic()) {
        return Err(invalid("IAE_SIRENE_KEY", "la clé donnée par le portail des API de l’INSEE"));
    }
    Sirene::api(address, SecretString::from(key)).map_err(|_| refused())
}
