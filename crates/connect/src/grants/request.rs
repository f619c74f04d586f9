//! What a relying party asks (IDP-1, IDP-2), and what to do of it.

mod demands;
mod pending;
mod prompt;
mod store;

use url::{Url, form_urlencoded};
use uuid::Uuid;

use self::demands::Demands;
use self::prompt::Prompt;
use super::{CodeChallenge, Scopes};
use crate::accounts::names::name;
use crate::clients::Client;
use crate::params::Params;
use crate::sessions::Session;

pub(crate) use pending::{Carried, Pending};
pub(crate) use prompt::Next;
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
    /// First name of who is to open an account, when the relying party says it (01 §11.1, activate).
    pub(crate) given_name: Option<String>,
    /// Last name of the same.
    pub(crate) family_name: Option<String>,
    /// Two factors are asked for: `acr` eidas2.
    pub(crate) second_factor: bool,
    /// The only person whose answer it takes.
    pub(crate) subject: Option<Uuid>,
}

/// A registered redirect URI with the state to give back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ReturnAddress {
    /// As received: it must be presented again, identical, at the token endpoint.
    pub(crate) redirect_uri: String,
    /// Opaque value of the relying party.
    pub(crate) state: Option<String>,
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
    /// `prompt=none` and nobody is signed in, or somebody else than the one asked for signed in.
    LoginRequired,
    /// `prompt=none` and the person has something to do first.
    InteractionRequired,
    /// A level of authentication that is essential, and unknown here.
    UnmetAuthenticationRequirements,
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
            Self::InteractionRequired => "interaction_required",
            Self::UnmetAuthenticationRequirements => "unmet_authentication_requirements",
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
            Self::InteractionRequired => "the person has something to do first",
            Self::UnmetAuthenticationRequirements => "acr is one of eidas1 and eidas2",
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
            Ok((scopes, code_challenge, demands, prompt)) => {
                let request = Self {
                    client_id: client.id.clone(),
                    return_address,
                    scopes,
                    nonce: params.get("nonce").map(str::to_owned),
                    code_challenge,
                    login_hint: params.get("login_hint").and_then(plausible_email),
                    given_name: params.get("firstname").and_then(name),
                    family_name: params.get("lastname").and_then(name),
                    second_factor: demands.second_factor,
                    subject: demands.subject,
                };
                Ok((request, prompt))
            }
            Err(error) => Err(Refused { return_address, error }),
        }
    }

    fn check(
        params: &Params,
        client: &Client,
    ) -> Result<(Scopes, CodeChallenge, Demands, Prompt), AuthorizationError> {
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
        Ok((scopes, code_challenge, Demands::parse(params)?, Prompt::parse(params)?))
    }

    /// Where the request is made again: somebody who did what had to be done first goes on. The session that is open answers, so
    /// that the address of the person stays out of it.
    pub(crate) fn address(&self, base_path: &str) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query
            .append_pair("response_type", "code")
            .append_pair("client_id", &self.client_id)
            .append_pair("redirect_uri", &self.return_address.redirect_uri)
            .append_pair("scope", &self.scopes.to_string())
            .append_pair("code_challenge", self.code_challenge.as_str())
            .append_pair("code_challenge_method", "S256")
            .extend_pairs(self.return_address.state.as_deref().map(|state| ("state", state)))
            .extend_pairs(self.nonce.as_deref().map(|nonce| ("nonce", nonce)))
            .extend_pairs(self.second_factor.then_some(("acr_values", "eidas2")))
            .extend_pairs(self.subject.map(|subject| ("claims", demands::of_subject(subject))));
        format!("{base_path}{}?{}", crate::endpoints::AUTHORIZE, query.finish())
    }

    /// Where the relying party is told that this session is not of the person it asked for.
    pub(crate) fn refusal_of(&self, session: &Session, issuer: &str) -> Option<String> {
        let is_other = self.subject.is_some_and(|subject| subject != session.account_id);
        is_other.then(|| self.return_address.with_error(AuthorizationError::LoginRequired, issuer))
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
