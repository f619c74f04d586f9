//! Relying parties.

pub(crate) mod authentication;
mod redirect_uri;
mod registration;
mod store;

use chrono::{DateTime, Utc};
use secrecy::{ExposeSecret, SecretString};
use sqlx::{PgConnection, PgPool};
use url::{Url, form_urlencoded};

use crate::error::Error;
use crate::grants::Scopes;
use crate::{Config, Connect, secret};

pub use redirect_uri::{InvalidRedirectUri, RedirectUri};
pub use registration::{Edited, Named, Registration, create, edit, list, registered, rotate_secret};
pub(crate) use store::{find, knows_post_logout_redirect_uri};

/// Client secrets are stored as a plain SHA-256: they must be too long to be guessed.
const SECRET_MIN_LENGTH: usize = 32;

/// A registered relying party.
pub(crate) struct Client {
    /// `client_id`.
    pub(crate) id: String,
    /// Name shown to people.
    pub(crate) name: String,
    /// SHA-256 of the secret.
    pub(crate) secret_hash: Vec<u8>,
    /// What it may ask for.
    pub(crate) scopes: Scopes,
    /// Whether it gets refresh tokens without asking for `offline_access`.
    pub(crate) refresh_tokens: bool,
    redirect_uris: Vec<String>,
    post_logout_redirect_uris: Vec<String>,
    initiate_login_uri: Option<String>,
}

impl Client {
    /// Whether codes may be sent there: a registered address, character for character.
    pub(crate) fn accepts_redirect_uri(&self, uri: &str) -> bool {
        self.redirect_uris.iter().any(|registered| registered == uri)
    }

    /// Whether people may be sent there once logged out.
    pub(crate) fn accepts_post_logout_redirect_uri(&self, uri: &str) -> bool {
        self.post_logout_redirect_uris.iter().any(|registered| registered == uri)
    }

    /// Where it begins a sign-in of its own, told by whom (OpenID Connect Core §4); never who signs in.
    pub(crate) fn own_start(&self, config: &Config) -> Option<Url> {
        let mut url = Url::parse(self.initiate_login_uri.as_deref()?).ok()?;
        url.query_pairs_mut().append_pair("iss", config.issuer());
        Some(url)
    }

    /// Its site: where it takes codes.
    pub(crate) fn site(&self) -> Option<String> {
        let origin = Url::parse(self.redirect_uris.first()?).ok()?.origin();
        origin.is_tuple().then(|| origin.ascii_serialization())
    }
}

/// Where somebody goes who is to begin again at a relying party: where it begins a sign-in of its own, or the page of their account,
/// which leads to its site.
pub(crate) async fn start(
    connect: &Connect,
    db: &mut PgConnection,
    client_id: &str,
) -> Result<String, Error> {
    let home = format!("{}/", connect.config().base_path());
    let Some(client) = find(db, client_id).await? else { return Ok(home) };
    if let Some(start) = client.own_start(connect.config()) {
        return Ok(start.into());
    }
    let service = form_urlencoded::Serializer::new(String::new()).append_pair("service", client_id).finish();
    Ok(format!("{home}?{service}"))
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
    /// Where it is told, server to server, that someone was logged out (OpenID Connect Back-Channel Logout 1.0).
    pub backchannel_logout_uri: Option<String>,
    /// Where it begins a sign-in of its own (OpenID Connect Core §4).
    pub initiate_login_uri: Option<String>,
    /// Whether it gets refresh tokens without asking for the scope `offline_access`.
    pub refresh_tokens: bool,
}

/// Why a relying party is not registered.
#[derive(Debug, thiserror::Error)]
pub enum RegisterError {
    /// Its identifier stands in addresses and in logs.
    #[error("the identifier of a client has 1 to 100 letters, digits, dots, hyphens and underscores")]
    InvalidId,
    /// Another has this identifier.
    #[error("another client has this identifier")]
    IdTaken,
    /// People read it on the login page.
    #[error("a client has a name of 100 characters at most")]
    InvalidName,
    /// Nobody could sign in.
    #[error("a client has at least one redirect URI")]
    NoRedirectUri,
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
    let addresses = client.redirect_uris.iter().chain(&client.post_logout_redirect_uris);
    for uri in addresses.chain(&client.backchannel_logout_uri).chain(&client.initiate_login_uri) {
        RedirectUri::parse(uri)?;
    }
    let secret_hash = secret::digest(secret.as_bytes());
    store::upsert(db, client, &secret_hash, now).await.map_err(Error::from)?;
    Ok(())
}
