//! Speaking to one provider: sending people there, and reading what comes back.

use std::sync::Arc;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use chrono::{DateTime, Utc};
use iae_domain::accounts::{
    Claims as Asserted, ClientAuthentication, Contract, Logout, Provider, Subject, UserInfo,
};
use iae_domain::text::Email;
use openidconnect::http::{self, Request, StatusCode, header};
use openidconnect::{CsrfToken, HttpResponse, Nonce, PkceCodeChallenge};
use secrecy::ExposeSecret as _;
use serde::Deserialize;
use url::{Url, form_urlencoded};

use super::discovery::{AskedBy, Discovery, Published};
use super::http::{Http, HttpError};
use super::id_token::{Expected, is_for, says_mfa, text};
use super::jws::{Claims, Keys, Unread, claims_of};
use super::logout_token::{self, LoggedOut};
use super::{
    Answer, Authenticated, Authorization, EndSession, NotAuthenticated, OidcError, ProviderSettings, userinfo,
};
use crate::Clock;

/// How many times the provider's keys are read again for one id token. Twice: the reading this login shares may have
/// begun before its key was published.
const REFRESHES_FOR_ONE_TOKEN: usize = 2;

/// One provider.
#[derive(Debug)]
pub struct OidcProvider {
    settings: ProviderSettings,
    contract: &'static Contract,
    http: Http,
    discovery: Discovery,
}

/// What the token endpoint gives.
#[derive(Deserialize)]
struct Tokens {
    access_token: String,
    token_type: String,
    id_token: Option<String>,
}

impl OidcProvider {
    pub(super) fn new(settings: ProviderSettings) -> Result<Self, OidcError> {
        let http = Http::new()?;
        let discovery = Discovery::new(&settings.issuer, http.clone())?;
        Ok(Self { contract: settings.provider.contract(), settings, http, discovery })
    }

    /// Scheme, host and port of the issuer: where browsers are sent.
    pub fn origin(&self) -> String {
        self.settings.issuer.origin().ascii_serialization()
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
        let (state, nonce) = (CsrfToken::new_random(), Nonce::new_random());
        let mut url = published.metadata.authorization_endpoint().url().clone();
        url.query_pairs_mut()
            .append_pair("response_type", "code")
            .append_pair("client_id", &self.settings.client_id)
            .append_pair("redirect_uri", self.settings.redirect_url.as_str())
            .append_pair("scope", &self.contract.scope())
            .append_pair("state", state.secret())
            .append_pair("nonce", nonce.secret())
            .append_pair("code_challenge", challenge.as_str())
            .append_pair("code_challenge_method", challenge.method().as_str())
            .extend_pairs(self.contract.acr.first().map(|acr| ("acr_values", *acr)))
            .extend_pairs(login_hint.map(|email| ("login_hint", email.as_str())))
            .extend_pairs(self.contract.parameters);
        Ok(Authorization {
            url,
            state: state.secret().clone(),
            nonce: nonce.secret().clone(),
            pkce_verifier: verifier.secret().clone(),
        })
    }

    /// Whether an answer comes from this provider, as far as it says (RFC 9207): `iss` must be there when the provider
    /// announces that it sends it, and must name it when it is there.
    pub async fn is_answer_of(&self, issuer: Option<&str>, now: DateTime<Utc>) -> Result<(), OidcError> {
        match issuer {
            Some(issuer) if issuer == self.discovery.issuer() => Ok(()),
            Some(_) => Err(OidcError::Refused("answer of another issuer")),
            None if self.discovery.current(now).await?.names_itself() => {
                Err(OidcError::Refused("answer without issuer"))
            }
            None => Ok(()),
        }
    }

    /// The page where people look after their account: what the operator says, or that of our own provider, which is its home.
    pub fn account_url(&self) -> Option<Url> {
        let is_ours = self.settings.provider == Provider::InclusionConnect;
        let home = || Url::parse(&format!("{}/", self.discovery.issuer())).ok().filter(|_| is_ours);
        self.settings.account_url.clone().or_else(home)
    }

    /// Exchanges the code of a callback and checks everything that comes with it.
    pub async fn authenticate(
        &self,
        answer: Answer,
        now: DateTime<Utc>,
    ) -> Result<Authenticated, NotAuthenticated> {
        // Read before the exchange: the key that signs during it is among these, or is newer than all of them.
        let published = self.discovery.current(now).await?;
        let tokens = self.exchange(&published, &answer).await?;
        let id_token = tokens.id_token.ok_or(OidcError::Refused("no id token"))?;
        let (claims, published) = self.read(&id_token, published, now, AskedBy::Login).await?;
        let expected = Expected {
            contract: self.contract,
            issuer: self.discovery.issuer(),
            client_id: &self.settings.client_id,
            nonce: &answer.nonce,
            access_token: &tokens.access_token,
        };
        // Tokens are dated by the provider: they are read with the clock of the machine.
        let subject = expected.check(&claims, Clock::System.now())?;
        let showed_second_factor = says_mfa(&claims);
        let session = text(&claims, "sid").filter(|sid| logout_token::is_name(sid)).map(ToOwned::to_owned);
        match self.person(&published, &tokens.access_token, subject).await {
            Ok(claims) => Ok(Authenticated { claims, id_token, session, showed_second_factor }),
            // Somebody has a session there, with which nobody signs in here.
            Err(error) => Err(NotAuthenticated { error, id_token: Some(id_token.into()) }),
        }
    }

    /// What the provider asserts of whom the id token speaks of.
    async fn person(
        &self,
        published: &Published,
        access_token: &str,
        subject: Subject,
    ) -> Result<Asserted, OidcError> {
        let info = self.userinfo(published, access_token).await?;
        userinfo::read(self.settings.provider, subject, &info)
    }

    /// Whose session a logout token says is over, when the provider signed it for us lately (OpenID Connect Back-Channel Logout
    /// 1.0 §2.6).
    pub async fn logged_out(&self, token: &str, now: DateTime<Utc>) -> Result<LoggedOut, OidcError> {
        let published = self.discovery.current(now).await?;
        let (claims, _) = self.read(token, published, now, AskedBy::Anyone).await?;
        is_for(&claims, self.discovery.issuer(), &self.settings.client_id)?;
        // Dated by the provider, as id tokens are.
        logout_token::read(&claims, Clock::System.now())
    }

    async fn exchange(&self, published: &Published, answer: &Answer) -> Result<Tokens, OidcError> {
        let endpoint = published.metadata.token_endpoint().ok_or(OidcError::Refused("no token endpoint"))?;
        let ProviderSettings { client_id, client_secret, redirect_url, .. } = &self.settings;
        let secret = client_secret.expose_secret();
        let mut form = vec![
            ("grant_type", "authorization_code"),
            ("code", answer.code.as_str()),
            ("redirect_uri", redirect_url.as_str()),
            ("code_verifier", answer.pkce_verifier.as_str()),
        ];
        let mut request = Request::post(endpoint.as_str())
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::ACCEPT, "application/json");
        match self.contract.authentication {
            ClientAuthentication::Basic => {
                let encoded =
                    |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
                let pair = format!("{}:{}", encoded(client_id), encoded(secret));
                let basic = format!("Basic {}", BASE64_STANDARD.encode(pair));
                request = request.header(header::AUTHORIZATION, basic);
            }
            ClientAuthentication::Post => {
                form.extend([("client_id", client_id.as_str()), ("client_secret", secret)]);
            }
        }
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let response = self.send(request.body(body.into_bytes()), "token endpoint").await?;
        let tokens: Tokens =
            serde_json::from_slice(response.body()).map_err(|_| OidcError::Refused("tokens"))?;
        if !tokens.token_type.eq_ignore_ascii_case("Bearer") {
            return Err(OidcError::Refused("token type"));
        }
        Ok(tokens)
    }

    async fn userinfo(&self, published: &Published, access_token: &str) -> Result<Claims, OidcError> {
        let endpoint = published.metadata.userinfo_endpoint().ok_or(OidcError::Refused("no userinfo"))?;
        let form = match self.contract.userinfo {
            UserInfo::Json => "application/json",
            UserInfo::Signed => "application/jwt",
        };
        let request = Request::get(endpoint.as_str())
            .header(header::ACCEPT, form)
            .header(header::AUTHORIZATION, format!("Bearer {access_token}"))
            .body(Vec::new());
        let response = self.send(request, "userinfo").await?;
        let given = response.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        let essence = given.and_then(|kind| kind.split(';').next()).unwrap_or_default().trim();
        if !essence.eq_ignore_ascii_case(form) {
            return Err(OidcError::Refused("form of userinfo"));
        }
        match self.contract.userinfo {
            UserInfo::Json => {
                serde_json::from_slice(response.body()).map_err(|_| OidcError::Refused("userinfo"))
            }
            UserInfo::Signed => {
                let token = std::str::from_utf8(response.body()).unwrap_or_default().trim();
                let claims = self.keys(published).read(token).map_err(|_| OidcError::Refused("userinfo"))?;
                is_for(&claims, self.discovery.issuer(), &self.settings.client_id)?;
                Ok(claims)
            }
        }
    }

    /// The answer to a request, when it is one: what fails at the provider is worth trying later.
    async fn send(
        &self,
        request: http::Result<Request<Vec<u8>>>,
        what: &'static str,
    ) -> Result<HttpResponse, OidcError> {
        let request = request.map_err(|_| OidcError::Refused(what))?;
        let response = self.http.send(request).await.map_err(|error| match error {
            HttpError::TooLarge => OidcError::Refused(what),
            HttpError::Request(_) | HttpError::Answer(_) => OidcError::Unreachable(what),
        })?;
        match response.status() {
            StatusCode::OK => Ok(response),
            status if status.is_server_error() => Err(OidcError::Unreachable(what)),
            _ => Err(OidcError::Refused(what)),
        }
    }

    fn keys<'a>(&'a self, published: &'a Published) -> Keys<'a> {
        let secret = &self.settings.client_secret;
        Keys { algorithm: self.contract.algorithm, published: published.metadata.jwks(), secret }
    }

    /// Reads a token with the keys that were published, read again when it bears a key that is not among them.
    async fn read(
        &self,
        id_token: &str,
        mut published: Arc<Published>,
        now: DateTime<Utc>,
        by: AskedBy,
    ) -> Result<(Claims, Arc<Published>), OidcError> {
        for refreshes in 0.. {
            match self.keys(&published).read(id_token) {
                Ok(claims) => return Ok((claims, published)),
                Err(Unread::Refused(what)) => return Err(OidcError::Refused(what)),
                Err(Unread::UnknownKey) if refreshes == REFRESHES_FOR_ONE_TOKEN => break,
                Err(Unread::UnknownKey) => {
                    published = self.discovery.other_than(Some(&published), now, by).await?;
                }
            }
        }
        Err(OidcError::Refused("unknown key"))
    }

    /// What closes the provider's own session (AUT-11); none when the provider announces no such page. An id token that
    /// says who the person is stands in no address (AUT-12): the provider is then told which client asks, no more.
    pub async fn end_session(
        &self,
        id_token: String,
        state: &str,
        now: DateTime<Utc>,
    ) -> Result<Option<EndSession>, OidcError> {
        let published = self.discovery.current(now).await?;
        let Some(endpoint) = &published.metadata.additional_metadata().end_session_endpoint else {
            return Ok(None);
        };
        let mut url = endpoint.url().clone();
        let takes_id_token = claims_of(&id_token)
            .is_some_and(|claims| self.contract.logout.takes_id_token(claims.keys().map(String::as_str)));
        let hint = takes_id_token.then_some(("id_token_hint", id_token));
        let known = [
            ("client_id", self.settings.client_id.clone()),
            ("post_logout_redirect_uri", self.settings.post_logout_url.to_string()),
            ("state", state.to_owned()),
        ];
        let fields: Vec<(&'static str, String)> = hint.into_iter().chain(known).collect();
        Ok(Some(match self.contract.logout {
            Logout::Form => EndSession::Form { provider: self.settings.provider, url, fields },
            Logout::Address => {
                url.query_pairs_mut().extend_pairs(fields);
                EndSession::Address(url)
            }
        }))
    }
}
