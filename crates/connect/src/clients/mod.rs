//! Relying parties.

pub(crate) mod authentication;
mod redirect_uri;
mod store;

use chrono::{DateTime, Utc};
use secrecy::{ExposeSecret, SecretString};
use sqlx::PgPool;

use crate::error::Error;
use crate::grants::Scopes;
use crate::secret;

pub use redirect_uri::{InvalidRedirectUri, RedirectPattern};
pub(crate) use store::{all_post_logout_redirect_uris, find};

/// Client secrets are stored as a plain SHA-256: they must be too long to be guessed.
const SECRET_MIN_LENGTH: usize = 32;

/// A registered relying party.
pub(crate) struct Client {
    /// `client_id`.
    pub(crate) id: String,
    /// SHA-256 of the secret.
    pub(crate) secret_hash: Vec<u8>,
    /// What it may ask for.
    pub(crate) scopes: Scopes,
    redirect_uris: Vec<RedirectPattern>,
    post_logout_redirect_uris: Vec<RedirectPattern>,
}

impl Client {
    /// Whether codes may be sent there.
    pub(crate) fn accepts_redirect_uri(&self, uri: &str) -> bool {
        self.redirect_uris.iter().any(|pattern| pattern.matches(uri))
    }

    /// Whether people may be sent there once logged out.
    pub(crate) fn accepts_post_logout_redirect_uri(&self, uri: &str) -> bool {
        self.post_logout_redirect_uris.iter().any(|pattern| pattern.matches(uri))
    }
}

/// A relying party to register, or to bring up to date.
#[derive(Clone, Debug)]
pub struct NewClient {
    /// `client_id`.
    pub id: String,
    /// Name shown to people on the login page.
    pub name: String,
    /// `client_secret`: at least 32 characters, random.
    pub secret: SecretString,
    /// What it may ask for: `openid` and others, separated by spaces.
    pub scopes: String,
    /// Where codes may be sent.
    pub redirect_uris: Vec<String>,
    /// Where people may be sent after logging out.
    pub post_logout_redirect_uris: Vec<String>,
}

/// Why a relying party is not registered.
#[derive(Debug, thiserror::Error)]
pub enum RegisterError {
    /// The secret could be guessed.
    #[error("the secret of a client must have at least {SECRET_MIN_LENGTH} characters")]
    SecretTooShort,
    /// A scope is unknown, or `openid` is missing.
    #[error("a client may ask for openid and scopes that exist")]
    UnknownScope,
    /// A redirect URI is not acceptable.
    #[error(transparent)]
    RedirectUri(#[from] InvalidRedirectUri),
    /// Our failure.
    #[error(transparent)]
    Failed(#[from] Error),
}

/// Registers a relying party, or replaces the registration it had.
pub async fn upsert(db: &PgPool, client: &NewClient, now: DateTime<Utc>) -> Result<(), RegisterError> {
    let secret = client.secret.expose_secret();
    if secret.chars().count() < SECRET_MIN_LENGTH {
        return Err(RegisterError::SecretTooShort);
    }
    if Scopes::parse(&client.scopes).is_none() {
        return Err(RegisterError::UnknownScope);
    }
    for uri in client.redirect_uris.iter().chain(&client.post_logout_redirect_uris) {
        RedirectPattern::parse(uri)?;
    }
    let secret_hash = secret::digest(secret.as_bytes());
    store::upsert(db, client, &secret_hash, now).await.map_err(Error::from)?;
    Ok(())
}
