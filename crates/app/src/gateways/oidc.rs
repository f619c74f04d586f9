//! The relying-party side of OpenID Connect: protocol only, over `openidconnect`.
//!
//! Authorization code with PKCE S256, state and nonce (OID-1, OID-5); signature, issuer, audience, expiry and nonce
//! of the id token are checked, and userinfo must speak of the same subject (OID-6, OID-7). Redirects are never
//! followed: a provider that redirects its token endpoint is refused.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use iae_domain::accounts::{Claims, Provider};
use iae_domain::text::Email;
use openidconnect::core::{
    CoreAuthDisplay, CoreAuthenticationFlow, CoreClaimName, CoreClaimType, CoreClient, CoreClientAuthMethod,
    CoreGrantType, CoreIdToken, CoreJsonWebKey, CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm, CoreResponseMode, CoreResponseType, CoreSubjectIdentifierType,
    CoreUserInfoClaims,
};
use openidconnect::{
    AuthorizationCode, ClientId, ClientSecret, CsrfToken, EndpointMaybeSet, EndpointNotSet, EndpointSet,
    IssuerUrl, LoginHint, LogoutProviderMetadata, LogoutRequest, Nonce, OAuth2TokenResponse as _,
    PkceCodeChallenge, PkceCodeVerifier, PostLogoutRedirectUrl, ProviderMetadataWithLogout, RedirectUrl,
    Scope, TokenResponse as _, reqwest,
};
use secrecy::{ExposeSecret as _, SecretString};
use tokio::sync::RwLock;
use url::Url;

/// How long the platform waits for a provider (OID-8).
const TIMEOUT: Duration = Duration::from_secs(10);

type Metadata = openidconnect::ProviderMetadata<
    LogoutProviderMetadata<openidconnect::EmptyAdditionalProviderMetadata>,
    CoreAuthDisplay,
    CoreClientAuthMethod,
    CoreClaimName,
    CoreClaimType,
    CoreGrantType,
    CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm,
    CoreJsonWebKey,
    CoreResponseMode,
    CoreResponseType,
    CoreSubjectIdentifierType,
>;
type Client = CoreClient<
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

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

/// One provider, its metadata discovered at first use and kept.
#[derive(Debug)]
pub struct OidcProvider {
    settings: ProviderSettings,
    http: reqwest::Client,
    metadata: RwLock<Option<Arc<Metadata>>>,
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

/// What a completed login gives.
#[derive(Debug)]
pub struct Authenticated {
    /// What the provider asserts.
    pub claims: Claims,
    /// Kept in the session, to sign out at the provider (AUT-12).
    pub id_token: String,
}

/// Why a login failed. The text is logged: it holds no token and no personal data (OID-8).
#[derive(Debug, thiserror::Error)]
pub enum OidcError {
    /// The provider does not answer: trying later is right.
    #[error("the provider is unreachable: {0}")]
    Unreachable(&'static str),
    /// What it answered is not acceptable.
    #[error("the provider's answer is refused: {0}")]
    Refused(&'static str),
}

impl OidcProvider {
    fn new(settings: ProviderSettings) -> Result<Self, OidcError> {
        let http = reqwest::ClientBuilder::new()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(TIMEOUT)
            .build()
            .map_err(|_| OidcError::Unreachable("http client"))?;
        Ok(Self { settings, http, metadata: RwLock::new(None) })
    }

    /// Scheme, host and port of the issuer: where browsers are sent.
    pub fn origin(&self) -> String {
        self.settings.issuer.origin().ascii_serialization()
    }

    async fn metadata(&self) -> Result<Arc<Metadata>, OidcError> {
        if let Some(metadata) = self.metadata.read().await.as_ref() {
            return Ok(Arc::clone(metadata));
        }
        let issuer = IssuerUrl::new(self.settings.issuer.to_string().trim_end_matches('/').to_owned())
            .map_err(|_| OidcError::Refused("issuer"))?;
        let found = ProviderMetadataWithLogout::discover_async(issuer, &self.http)
            .await
            .map_err(|_| OidcError::Unreachable("discovery"))?;
        let metadata = Arc::new(found);
        *self.metadata.write().await = Some(Arc::clone(&metadata));
        Ok(metadata)
    }

    fn client(&self, metadata: &Metadata) -> Client {
        CoreClient::from_provider_metadata(
            metadata.clone(),
            ClientId::new(self.settings.client_id.clone()),
            Some(ClientSecret::new(self.settings.client_secret.expose_secret().to_owned())),
        )
        .set_redirect_uri(RedirectUrl::from_url(self.settings.redirect_url.clone()))
    }

    /// Starts a login. The hint fills the address in at the provider, which may open a session of another person all
    /// the same (IDP-5).
    pub async fn authorize(&self, login_hint: Option<&Email>) -> Result<Authorization, OidcError> {
        let metadata = self.metadata().await?;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let client = self.client(&metadata);
        let mut request = client.authorize_url(
            CoreAuthenticationFlow::AuthorizationCode,
            CsrfToken::new_random,
            Nonce::new_random,
        );
        if let Some(email) = login_hint {
            request = request.set_login_hint(LoginHint::new(email.as_str().to_owned()));
        }
        let (url, state, nonce) = request
            .add_scope(Scope::new("email".to_owned()))
            .add_scope(Scope::new("profile".to_owned()))
            .set_pkce_challenge(challenge)
            .url();
        Ok(Authorization {
            url,
            state: state.secret().clone(),
            nonce: nonce.secret().clone(),
            pkce_verifier: verifier.secret().clone(),
        })
    }

    /// Exchanges the code of a callback and checks everything that comes with it.
    pub async fn authenticate(
        &self,
        code: String,
        nonce: String,
        pkce_verifier: String,
    ) -> Result<Authenticated, OidcError> {
        let metadata = self.metadata().await?;
        let client = self.client(&metadata);
        let tokens = client
            .exchange_code(AuthorizationCode::new(code))
            .map_err(|_| OidcError::Refused("no token endpoint"))?
            .set_pkce_verifier(PkceCodeVerifier::new(pkce_verifier))
            .request_async(&self.http)
            .await
            .map_err(|error| match error {
                openidconnect::RequestTokenError::Request(_) => OidcError::Unreachable("token endpoint"),
                openidconnect::RequestTokenError::ServerResponse(_)
                | openidconnect::RequestTokenError::Parse(..)
                | openidconnect::RequestTokenError::Other(_) => OidcError::Refused("code"),
            })?;
        let id_token = tokens.id_token().ok_or(OidcError::Refused("no id token"))?;
        let claims = id_token
            .claims(&client.id_token_verifier(), &Nonce::new(nonce))
            .map_err(|_| OidcError::Refused("id token"))?;
        let subject = claims.subject().clone();
        let info: CoreUserInfoClaims = client
            .user_info(tokens.access_token().to_owned(), Some(subject.clone()))
            .map_err(|_| OidcError::Refused("no userinfo endpoint"))?
            .request_async(&self.http)
            .await
            .map_err(|_| OidcError::Refused("userinfo"))?;
        let email = info.email().ok_or(OidcError::Refused("no e-mail"))?;
        Ok(Authenticated {
            claims: Claims {
                provider: self.settings.provider,
                subject: subject.to_string(),
                email: Email::parse(email).map_err(|_| OidcError::Refused("e-mail"))?,
                email_verified: info.email_verified().unwrap_or(true),
            },
            id_token: id_token.to_string(),
        })
    }

    /// Where to send someone who signs out, so that the provider closes its own session (AUT-11); none when the
    /// provider announces no such page.
    pub async fn end_session_url(&self, id_token: &str) -> Result<Option<Url>, OidcError> {
        let metadata = self.metadata().await?;
        let Some(endpoint) = metadata.additional_metadata().end_session_endpoint.clone() else {
            return Ok(None);
        };
        let id_token: CoreIdToken = id_token.parse().map_err(|_| OidcError::Refused("id token"))?;
        let request =
            LogoutRequest::from(endpoint).set_id_token_hint(&id_token).set_post_logout_redirect_uri(
                PostLogoutRedirectUrl::from_url(self.settings.post_logout_url.clone()),
            );
        Ok(Some(request.http_get_url()))
    }
}
