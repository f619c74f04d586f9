//! The relying-party side of OpenID Connect: protocol only, over `openidconnect`.
//!
//! Authorization code with PKCE S256, state and nonce (OID-1, OID-5). What each provider is relied upon for stands in
//! its contract (`iae_domain::accounts::Contract`, ADR 26), not in what it publishes.
//!
//! | File | Says |
//! | --- | --- |
//! | `provider.rs` | what is asked of a provider, in which order |
//! | `discovery.rs` | what it publishes, kept, and read again when its keys turn |
//! | `http.rs` | how: no redirection followed, nothing read without a bound |
//! | `jws.rs` | whether a token is signed as the contract says |
//! | `id_token.rs`, `userinfo.rs` | whether it says what this login is waiting for (OID-6, OID-7) |
//! | `logout_token.rs` | whether it tells of a logout (OpenID Connect Back-Channel Logout 1.0) |

mod discovery;
mod http;
mod id_token;
mod jws;
mod logout_token;
mod provider;
mod userinfo;

use std::collections::HashMap;
use std::sync::Arc;

use iae_domain::accounts::{Claims, Provider};
use secrecy::SecretString;
use url::Url;

pub use logout_token::{LoggedOut, Whose};
pub use provider::OidcProvider;

/// How the platform is known to a provider.
#[derive(Debug, Clone)]
pub struct ProviderSettings {
    /// Which provider.
    pub provider: Provider,
    /// Its issuer, exactly as it states it.
    pub issuer: Url,
    /// Our client id there.
    pub client_id: String,
    /// Our secret there.
    pub client_secret: SecretString,
    /// Where it sends people back, built from the configuration, never from a Host header (OID-5).
    pub redirect_url: Url,
    /// Where it sends people after it closed its session.
    pub post_logout_url: Url,
    /// The page where people look after their account there, when the operator knows it.
    pub account_url: Option<Url>,
}

/// Every configured provider.
#[derive(Debug, Clone, Default)]
pub struct OidcProviders(HashMap<Provider, Arc<OidcProvider>>);

impl OidcProviders {
    /// The providers with these settings. Nothing is asked of them yet.
    pub fn new(settings: impl IntoIterator<Item = ProviderSettings>) -> Result<Self, OidcError> {
        settings
            .into_iter()
            .map(|settings| Ok((settings.provider, Arc::new(OidcProvider::new(settings)?))))
            .collect::<Result<_, _>>()
            .map(Self)
    }

    /// A configured provider.
    pub fn get(&self, provider: Provider) -> Option<&OidcProvider> {
        self.0.get(&provider).map(Arc::as_ref)
    }
}

/// What a login starts with: where to send the person, and what to remember until they come back.
#[derive(Debug)]
pub struct Authorization {
    /// The provider's login page.
    pub url: Url,
    /// To be found again in the callback.
    pub state: String,
    /// To be found again in the id token.
    pub nonce: String,
    /// Proves to the provider that the code comes back to who asked.
    pub pkce_verifier: String,
}

/// What comes back with a login.
#[derive(Debug)]
pub struct Answer {
    /// To exchange for tokens.
    pub code: String,
    /// The nonce of the [`Authorization`].
    pub nonce: String,
    /// Its verifier.
    pub pkce_verifier: String,
}

/// What a completed login gives.
#[derive(Debug)]
pub struct Authenticated {
    /// What the provider asserts.
    pub claims: Claims,
    /// Kept in the session, to sign out at the provider (AUT-12).
    pub id_token: String,
    /// What the provider calls the session it opened, for the day it says that it ended.
    pub session: Option<String>,
    /// Whether a second factor was shown there: `amr` says `mfa` (AUT-20).
    pub showed_second_factor: bool,
}

/// Who is not signed in, and what closes the session that the provider opened for them all the same (OID-25).
#[derive(Debug)]
pub struct NotAuthenticated {
    /// Why.
    pub error: OidcError,
    /// The id token, once it is known to be the provider's.
    pub id_token: Option<SecretString>,
}

impl From<OidcError> for NotAuthenticated {
    fn from(error: OidcError) -> Self {
        Self { error, id_token: None }
    }
}

/// What closes the session of a provider.
pub enum EndSession {
    /// A form that the browser posts there.
    Form {
        /// The provider.
        provider: Provider,
        /// Where the form goes.
        url: Url,
        /// What it carries.
        fields: Vec<(&'static str, String)>,
    },
    /// An address of the provider's.
    Address(Url),
}

/// Holds an id token.
impl std::fmt::Debug for EndSession {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("EndSession(…)")
    }
}

/// Why a login failed. The text is logged: it holds no token and no personal data (OID-8).
#[derive(Debug, Clone, Copy, thiserror::Error)]
pub enum OidcError {
    /// The provider does not answer: trying later is right.
    #[error("the provider is unreachable: {0}")]
    Unreachable(&'static str),
    /// What it answered is not acceptable.
    #[error("the provider's answer is refused: {0}")]
    Refused(&'static str),
    /// It gives no address of the person.
    #[error("the provider gives no e-mail address")]
    NoEmail,
}
