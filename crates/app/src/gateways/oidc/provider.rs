//! Speaking to one provider: sending people there, and reading what comes back.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use iae_domain::accounts::Claims;
use iae_domain::text::Email;
use openidconnect::core::{CoreAuthenticationFlow, CoreClient, CoreIdToken, CoreUserInfoClaims};
use openidconnect::{
    AuthorizationCode, ClaimsVerificationError, ClientId, ClientSecret, CsrfToken, EndpointMaybeSet,
    EndpointNotSet, EndpointSet, LoginHint, LogoutRequest, Nonce, OAuth2TokenResponse as _,
    PkceCodeChallenge, PkceCodeVerifier, PostLogoutRedirectUrl, RedirectUrl, Scope,
    SignatureVerificationError, SubjectIdentifier, TokenResponse as _, reqwest,
};
use secrecy::ExposeSecret as _;
use url::Url;

use super::discovery::{Discovery, Published};
use super::{Answer, Authenticated, Authorization, OidcError, ProviderSettings};

/// How long the platform waits for a provider (OID-8).
const TIMEOUT: Duration = Duration::from_secs(10);

/// How many times the provider's keys are read again for one id token. Twice: the reading this login shares may have
/// begun before its key was published.
const REFRESHES_FOR_ONE_TOKEN: usize = 2;

type Client = CoreClient<
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// One provider.
#[derive(Debug)]
pub struct OidcProvider {
    settings: ProviderSettings,
    http: reqwest::Client,
    discovery: Discovery,
}

impl OidcProvider {
    pub(super) fn new(settings: ProviderSettings) -> Result<Self, OidcError> {
        let http = reqwest::ClientBuilder::new()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(TIMEOUT)
            .build()
            .map_err(|_| OidcError::Unreachable("http client"))?;
        let discovery = Discovery::new(&settings.issuer, http.clone())?;
        Ok(Self { settings, http, discovery })
    }

    /// Scheme, host and port of the issuer: where browsers are sent.
    pub fn origin(&self) -> String {
        self.settings.issuer.origin().ascii_serialization()
    }

    fn client(&self, published: &Published) -> Client {
        CoreClient::from_provider_metadata(
            published.metadata.clone(),
            ClientId::new(self.settings.client_id.clone()),
            Some(ClientSecret::new(self.settings.client_secret.expose_secret().to_owned())),
        )
        .set_redirect_uri(RedirectUrl::from_url(self.settings.redirect_url.clone()))
    }

    /// Starts a login. The hint fills the address in at the provider, which may open a session of another person all
    /// the same (IDP-5).
    pub async fn authorize(
        &self,
        login_hint: Option<&Email>,
        now: DateTime<Utc>,
    ) -> Result<Authorization, OidcError> {
        let published = self.discovery.current(now).await?;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let client = self.client(&published);
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
    pub async fn authenticate(&self, answer: Answer, now: DateTime<Utc>) -> Result<Authenticated, OidcError> {
        // Read before the exchange: the key that signs during it is among these, or is newer than all of them.
        let published = self.discovery.current(now).await?;
        let tokens = self
            .client(&published)
            .exchange_code(AuthorizationCode::new(answer.code))
            .map_err(|_| OidcError::Refused("no token endpoint"))?
            .set_pkce_verifier(PkceCodeVerifier::new(answer.pkce_verifier))
            .request_async(&self.http)
            .await
            .map_err(|error| match error {
                openidconnect::RequestTokenError::Request(_) => OidcError::Unreachable("token endpoint"),
                openidconnect::RequestTokenError::ServerResponse(_)
                | openidconnect::RequestTokenError::Parse(..)
                | openidconnect::RequestTokenError::Other(_) => OidcError::Refused("code"),
            })?;
        let id_token = tokens.id_token().ok_or(OidcError::Refused("no id token"))?;
        let (client, subject) = self.verify(id_token, &Nonce::new(answer.nonce), published, now).await?;
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

    /// Checks an id token with what was published, read again when the token bears a key that is not in it. Gives the
    /// person, and the client that knows the key.
    async fn verify(
        &self,
        id_token: &CoreIdToken,
        nonce: &Nonce,
        mut published: Arc<Published>,
        now: DateTime<Utc>,
    ) -> Result<(Client, SubjectIdentifier), OidcError> {
        let mut refreshes = 0;
        loop {
            let client = self.client(&published);
            let subject =
                id_token.claims(&client.id_token_verifier(), nonce).map(|claims| claims.subject().clone());
            match subject {
                Ok(subject) => return Ok((client, subject)),
                Err(ClaimsVerificationError::SignatureVerification(
                    SignatureVerificationError::NoMatchingKey,
                )) => {}
                Err(_) => return Err(OidcError::Refused("id token")),
            }
            if refreshes == REFRESHES_FOR_ONE_TOKEN {
                return Err(OidcError::Refused("unknown key"));
            }
            refreshes += 1;
            published = self.discovery.other_than(Some(&published), now).await?;
        }
    }

    /// Where to send someone who signs out, so that the provider closes its own session (AUT-11); none when the
    /// provider announces no such page.
    pub async fn end_session_url(
        &self,
        id_token: &str,
        now: DateTime<Utc>,
    ) -> Result<Option<Url>, OidcError> {
        let published = self.discovery.current(now).await?;
        let Some(endpoint) = published.metadata.additional_metadata().end_session_endpoint.clone() else {
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
