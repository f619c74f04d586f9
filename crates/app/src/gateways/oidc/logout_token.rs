//! What a logout token says, once it is known to be signed by the provider for us (OpenID Connect Back-Channel Logout 1.0
//! §2.4, §2.6): a pure check.

use chrono::{DateTime, Utc};
use iae_domain::accounts::Subject;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use super::OidcError;
use super::id_token::{is_of_now, seconds, subject, text};
use super::jws::Claims;

/// What makes of a token a logout token: an id token never has it.
const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";

/// The most that names a session or a token.
const LONGEST: usize = 255;

/// A logout, as a provider tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoggedOut {
    /// Who is logged out.
    pub who: Whose,
    /// What tells this token from the others of the provider: it serves once.
    pub token_digest: Vec<u8>,
    /// Until when the token could serve.
    pub expires_at: DateTime<Utc>,
}

/// Whose sessions are over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whose {
    /// Every one that this person opened by the provider.
    Person(Subject),
    /// The one that the provider calls so, of this person.
    SessionOf(Subject, String),
    /// The one that the provider calls so.
    Session(String),
}

/// Reads the claims of a token whose signature, issuer and audience hold.
pub(super) fn read(claims: &Claims, now: DateTime<Utc>) -> Result<LoggedOut, OidcError> {
    is_of_now(claims, now)?;
    if !claims.get("events").and_then(|events| events.get(EVENT)).is_some_and(Value::is_object) {
        return Err(OidcError::Refused("events"));
    }
    // An id token has one: it never passes for a logout.
    if claims.contains_key("nonce") {
        return Err(OidcError::Refused("nonce"));
    }
    let jti = text(claims, "jti").filter(|jti| is_name(jti)).ok_or(OidcError::Refused("jti"))?;
    let session = match claims.get("sid") {
        Some(Value::String(sid)) if is_name(sid) => Some(sid.clone()),
        Some(_) => return Err(OidcError::Refused("sid")),
        None => None,
    };
    let person = claims.contains_key("sub").then(|| subject(claims)).transpose()?;
    let who = match (person, session) {
        (Some(person), Some(session)) => Whose::SessionOf(person, session),
        (Some(person), None) => Whose::Person(person),
        (None, Some(session)) => Whose::Session(session),
        (None, None) => return Err(OidcError::Refused("neither sub nor sid")),
    };
    let expires_at = claims.get("exp").and_then(seconds).and_then(|exp| DateTime::from_timestamp(exp, 0));
    let expires_at = expires_at.ok_or(OidcError::Refused("exp"))?;
    Ok(LoggedOut { who, token_digest: Sha256::digest(jti).to_vec(), expires_at })
}

/// Whether a provider may call something so.
pub(super) fn is_name(text: &str) -> bool {
    !text.is_empty() && text.len() <= LONGEST && !text.contains(char::is_control)
}

#[cfg(test)]
mod tests;
