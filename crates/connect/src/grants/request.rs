//! What a relying party asks (IDP-1, IDP-2), and what to do of it.

mod pending;
mod store;

use chrono::{DateTime, TimeDelta, Utc};
use url::Url;

use super::{CodeChallenge, Scopes};
use crate::clients::Client;
use crate::params::Params;
use crate::sessions::Session;

pub(crate) use pending::Pending;
pub(crate) use store::{Asker, answer_request, find_asker, purge_requests};

/// The longest state or nonce that is carried: both are random, and come back whole.
const LONGEST_OPAQUE: usize = 512;

/// A request that passed every check, from a known client to a registered address.
#[derive(Clone, Debug)]
pub(crate) struct AuthorizationRequest {
    /// Who asks.
    pub(crate) client_id: String,
    /// Where the answer goes.
    pub(crate) return_address: ReturnAddress,
    /// What it wants to know.
    pub(crate) scopes: Scopes,
    /// Echoed in the id token.
    pub(crate) nonce: Option<String>,
    /// PKCE.
    pub(crate) code_challenge: CodeChallenge,
    /// Address that pre-fills and locks the login form (IDP-5).
    pub(crate) login_hint: Option<String>,
}

/// A registered redirect URI with the state to give back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ReturnAddress {
    /// As received: it must be presented again, identical, at the token endpoint.
    pub(crate) redirect_uri: String,
    /// Opaque value of the relying party.
    pub(crate) state: Option<String>,
}

/// What the relying party says about signing in again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Prompt {
    interaction: Interaction,
    max_age: Option<TimeDelta>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Interaction {
    AsNeeded,
    Forbidden,
    Required,
}

/// Why a request is refused, in OAuth's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AuthorizationError {
    /// A parameter is missing or malformed; says which.
    InvalidRequest(&'static str),
    /// `response_type` is not `code`.
    UnsupportedResponseType,
    /// `openid` is missing, or a scope is unknown or not of this client.
    InvalidScope,
    /// `prompt=none` and nobody is signed in.
    LoginRequired,
    /// `request` is not supported.
    RequestNotSupported,
    /// `request_uri` is not supported.
    RequestUriNotSupported,
}

impl AuthorizationError {
    /// `error`.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::InvalidRequest(_) => "invalid_request",
            Self::UnsupportedResponseType => "unsupported_response_type",
            Self::InvalidScope => "invalid_scope",
            Self::LoginRequired => "login_required",
            Self::RequestNotSupported => "request_not_supported",
            Self::RequestUriNotSupported => "request_uri_not_supported",
        }
    }

    /// `error_description`, for the developer of the relying party.
    fn description(self) -> &'static str {
        match self {
            Self::InvalidRequest(what) => what,
            Self::UnsupportedResponseType => "response_type must be code",
            Self::InvalidScope => "scope must contain openid and scopes of this client only",
            Self::LoginRequired => "the person is not signed in",
            Self::RequestNotSupported | Self::RequestUriNotSupported => "request objects are not supported",
        }
    }
}

/// A refusal that the relying party may be told, because its address is registered.
#[derive(Debug)]
pub(crate) struct Refused {
    /// Where to tell it.
    pub(crate) return_address: ReturnAddress,
    /// What to tell.
    pub(crate) error: AuthorizationError,
}

/// What a valid request leads to.
#[derive(Debug)]
pub(crate) enum Next<'a> {
    /// Give a code for this session, without a word (IDP-5: even if the hint names someone else).
    GiveCode(&'a Session),
    /// Show the login page.
    AskLogin,
    /// The relying party forbade asking.
    Refuse(AuthorizationError),
}

impl AuthorizationRequest {
    /// Checks the parameters of a client whose `redirect_uri` was already matched.
    pub(crate) fn parse(
        params: &Params,
        client: &Client,
        redirect_uri: &str,
    ) -> Result<(Self, Prompt), Refused> {
        let return_address = ReturnAddress {
            redirect_uri: redirect_uri.to_owned(),
            state: params.get("state").map(str::to_owned),
        };
        match Self::check(params, client) {
            Ok((scopes, code_challenge, prompt)) => {
                let request = Self {
                    client_id: client.id.clone(),
                    return_address,
                    scopes,
                    nonce: params.get("nonce").map(str::to_owned),
                    code_challenge,
                    login_hint: params.get("login_hint").and_then(plausible_email),
                };
                Ok((request, prompt))
            }
            Err(error) => Err(Refused { return_address, error }),
        }
    }

    fn check(
        params: &Params,
        client: &Client,
    ) -> Result<(Scopes, CodeChallenge, Prompt), AuthorizationError> {
        use AuthorizationError::InvalidRequest;
        if params.get("request").is_some() {
            return Err(AuthorizationError::RequestNotSupported);
        }
        if params.get("request_uri").is_some() {
            return Err(AuthorizationError::RequestUriNotSupported);
        }
        match params.get("response_type") {
            Some("code") => {}
            Some(_) => return Err(AuthorizationError::UnsupportedResponseType),
            None => return Err(InvalidRequest("response_type is missing")),
        }
        if params.get("response_mode").is_some_and(|mode| mode != "query") {
            return Err(InvalidRequest("response_mode must be query"));
        }
        let too_long = |name| params.get(name).is_some_and(|value: &str| value.len() > LONGEST_OPAQUE);
        if too_long("state") || too_long("nonce") {
            return Err(InvalidRequest("state and nonce have at most 512 bytes"));
        }
        let scopes = params
            .get("scope")
            .and_then(Scopes::parse)
            .filter(|scopes| scopes.is_within(client.scopes))
            .ok_or(AuthorizationError::InvalidScope)?;
        if params.get("code_challenge_method") != Some("S256") {
            return Err(InvalidRequest("PKCE is required: code_challenge_method must be S256"));
        }
        let code_challenge = params
            .get("code_challenge")
            .and_then(CodeChallenge::parse)
            .ok_or(InvalidRequest("PKCE is required: code_challenge is missing or malformed"))?;
        Ok((scopes, code_challenge, Prompt::parse(params)?))
    }
}

impl Prompt {
    fn parse(params: &Params) -> Result<Self, AuthorizationError> {
        use AuthorizationError::InvalidRequest;
        let mut interaction = Interaction::AsNeeded;
        let values: Vec<&str> = params.get("prompt").unwrap_or_default().split_whitespace().collect();
        for value in &values {
            interaction = match *value {
                "none" if values.len() > 1 => return Err(InvalidRequest("prompt=none excludes any other")),
                "none" => Interaction::Forbidden,
                "login" | "select_account" => Interaction::Required,
                // No consent screen: relying parties are all ours (IDP-1).
                "consent" => interaction,
                _ => return Err(InvalidRequest("prompt is unknown")),
            };
        }
        let max_age = params
            .get("max_age")
            .map(|seconds| {
                seconds.parse::<u32>().map_err(|_| InvalidRequest("max_age is not a number of seconds"))
            })
            .transpose()?
            .map(|seconds| TimeDelta::seconds(seconds.into()));
        Ok(Self { interaction, max_age })
    }

    /// Decides between the open session and the login page.
    pub(crate) fn decide(self, session: Option<&Session>, now: DateTime<Utc>) -> Next<'_> {
        let recent = session
            .filter(|session| self.max_age.is_none_or(|max_age| now - session.authenticated_at <= max_age));
        match (self.interaction, recent) {
            (Interaction::AsNeeded | Interaction::Forbidden, Some(session)) => Next::GiveCode(session),
            (Interaction::Forbidden, None) => Next::Refuse(AuthorizationError::LoginRequired),
            (Interaction::AsNeeded, None) | (Interaction::Required, _) => Next::AskLogin,
        }
    }
}

impl ReturnAddress {
    /// The address with a code.
    pub(crate) fn with_code(&self, code: &str, issuer: &str) -> String {
        self.with(&[("code", code)], issuer)
    }

    /// The address with an error.
    pub(crate) fn with_error(&self, error: AuthorizationError, issuer: &str) -> String {
        self.with(&[("error", error.code()), ("error_description", error.description())], issuer)
    }

    /// The address as a URL; it was matched against a registered one, so it is one.
    pub(crate) fn url(&self) -> Option<Url> {
        Url::parse(&self.redirect_uri).ok()
    }

    /// `iss` lets a relying party of several providers see who answered (RFC 9207).
    fn with(&self, answer: &[(&str, &str)], issuer: &str) -> String {
        let Some(mut url) = self.url() else { return self.redirect_uri.clone() };
        url.query_pairs_mut()
            .extend_pairs(answer)
            .extend_pairs(self.state.as_deref().map(|state| ("state", state)))
            .append_pair("iss", issuer);
        url.into()
    }
}

/// A hint is only worth locking a form for when it can be an address.
fn plausible_email(hint: &str) -> Option<String> {
    let email = crate::accounts::normalise(hint);
    let (local, domain) = email.split_once('@')?;
    let plausible = !local.is_empty()
        && domain.contains('.')
        && email.len() <= 254
        && !email.contains(char::is_whitespace);
    plausible.then_some(email)
}
