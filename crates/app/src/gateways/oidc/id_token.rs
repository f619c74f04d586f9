//! What an id token must say once its signature holds (OpenID Connect Core §3.1.3.7, OID-6): a pure check.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use iae_domain::accounts::{Contract, Subject};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use super::OidcError;
use super::jws::Claims;

/// How far ahead of ours the provider's clock may be: seen in production.
const SKEW: TimeDelta = TimeDelta::seconds(60);

/// What this login is waiting for.
pub(super) struct Expected<'a> {
    pub(super) contract: &'static Contract,
    pub(super) issuer: &'a str,
    pub(super) client_id: &'a str,
    pub(super) nonce: &'a str,
    pub(super) access_token: &'a str,
}

impl Expected<'_> {
    /// Who the token speaks of, when it is the one this login is waiting for.
    pub(super) fn check(&self, claims: &Claims, now: DateTime<Utc>) -> Result<Subject, OidcError> {
        self.is_between_us(claims)?;
        is_of_now(claims, now)?;
        if !same(text(claims, "nonce").unwrap_or_default(), self.nonce) {
            return Err(OidcError::Refused("nonce"));
        }
        if claims.contains_key("at_hash") && text(claims, "at_hash") != Some(&half_hash(self.access_token)) {
            return Err(OidcError::Refused("at_hash"));
        }
        let acr = text(claims, "acr").unwrap_or_default();
        if !self.contract.acr.is_empty() && !self.contract.acr.contains(&acr) {
            return Err(OidcError::Refused("acr"));
        }
        subject(claims)
    }

    /// From this provider, for us and nobody else.
    fn is_between_us(&self, claims: &Claims) -> Result<(), OidcError> {
        is_for(claims, self.issuer, self.client_id)?;
        match claims.get("azp") {
            Some(azp) if azp.as_str() != Some(self.client_id) => Err(OidcError::Refused("azp")),
            Some(_) | None => Ok(()),
        }
    }
}

/// Whether claims come from this issuer, for this client and nobody else.
pub(super) fn is_for(claims: &Claims, issuer: &str, client_id: &str) -> Result<(), OidcError> {
    if text(claims, "iss") != Some(issuer) {
        return Err(OidcError::Refused("iss"));
    }
    let for_us = match claims.get("aud") {
        Some(Value::String(audience)) => audience == client_id,
        Some(Value::Array(audiences)) => {
            !audiences.is_empty() && audiences.iter().all(|audience| audience.as_str() == Some(client_id))
        }
        _ => false,
    };
    if for_us { Ok(()) } else { Err(OidcError::Refused("aud")) }
}

/// Whether an id token says that several factors were shown (RFC 8176); what says nothing is not believed.
pub(super) fn says_mfa(claims: &Claims) -> bool {
    let methods = claims.get("amr").and_then(Value::as_array);
    methods.is_some_and(|methods| methods.iter().any(|method| method.as_str() == Some("mfa")))
}

/// Who claims speak of.
pub(super) fn subject(claims: &Claims) -> Result<Subject, OidcError> {
    text(claims, "sub").and_then(Subject::parse).ok_or(OidcError::Refused("sub"))
}

/// A claim that is text.
pub(super) fn text<'c>(claims: &'c Claims, name: &str) -> Option<&'c str> {
    claims.get(name)?.as_str()
}

/// Whether a token was made already, and serves still.
pub(super) fn is_of_now(claims: &Claims, now: DateTime<Utc>) -> Result<(), OidcError> {
    let latest = (now + SKEW).timestamp();
    let instant = |name| claims.get(name).map(|value| seconds(value).ok_or(OidcError::Refused(name)));
    if instant("exp").ok_or(OidcError::Refused("exp"))?? <= now.timestamp() {
        return Err(OidcError::Refused("exp"));
    }
    if instant("iat").ok_or(OidcError::Refused("iat"))?? > latest {
        return Err(OidcError::Refused("iat"));
    }
    match instant("nbf").transpose()? {
        Some(nbf) if nbf > latest => Err(OidcError::Refused("nbf")),
        Some(_) | None => Ok(()),
    }
}

/// NumericDate (RFC 7519 §2): seconds, whose fraction does not matter here.
pub(super) fn seconds(value: &Value) -> Option<i64> {
    let fractional = || {
        let seconds = std::time::Duration::try_from_secs_f64(value.as_f64()?).ok()?.as_secs();
        i64::try_from(seconds).ok()
    };
    value.as_i64().or_else(fractional)
}

/// In a time that tells nothing of either.
fn same(one: &str, other: &str) -> bool {
    Sha256::digest(one) == Sha256::digest(other)
}

/// `at_hash`: the left half of the hash of the access token. Every algorithm of a contract hashes with SHA-256.
fn half_hash(access_token: &str) -> String {
    let digest = Sha256::digest(access_token);
    BASE64_URL_SAFE_NO_PAD.encode(&digest[..digest.len() / 2])
}

#[cfg(test)]
mod tests;
