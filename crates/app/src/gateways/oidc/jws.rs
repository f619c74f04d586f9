//! Signed tokens (RFC 7515, compact form): read only when they are signed with the algorithm the provider's contract
//! declares. What the token says of its algorithm chooses nothing, what the provider publishes of it neither (OID-6).

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use iae_domain::accounts::Algorithm;
use openidconnect::JsonWebKey as _;
use openidconnect::core::{CoreJsonWebKey, CoreJsonWebKeySet, CoreJsonWebKeyType, CoreJwsSigningAlgorithm};
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use serde_json::{Map, Value};

/// The longest token that is looked at.
const LONGEST: usize = 16 * 1024;

/// Claims, by name.
pub(super) type Claims = Map<String, Value>;

/// What a token may be signed with.
pub(super) struct Keys<'a> {
    pub(super) algorithm: Algorithm,
    /// What the provider publishes.
    pub(super) published: &'a CoreJsonWebKeySet,
    /// What only it and the platform know.
    pub(super) secret: &'a SecretString,
}

/// Why a token is not read.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Unread {
    /// It bears a key that is not published.
    UnknownKey,
    /// It is not one, or not rightly signed.
    Refused(&'static str),
}

#[derive(Deserialize)]
struct Header {
    alg: String,
    kid: Option<String>,
    cty: Option<String>,
    /// Extensions that must be understood: none is.
    crit: Option<Value>,
}

impl Keys<'_> {
    /// The claims of a token, whose signature holds.
    pub(super) fn read(&self, token: &str) -> Result<Claims, Unread> {
        if token.len() > LONGEST {
            return Err(Unread::Refused("token too long"));
        }
        let (signed, signature) = token.rsplit_once('.').ok_or(Unread::Refused("token form"))?;
        let (header, claims) = signed.split_once('.').ok_or(Unread::Refused("token form"))?;
        let header: Header = decoded(header)?;
        if header.alg != name(self.algorithm) {
            return Err(Unread::Refused("token algorithm"));
        }
        if header.crit.is_some() || header.cty.is_some() {
            return Err(Unread::Refused("token header"));
        }
        let signature = bytes(signature)?;
        let key = self.key(header.kid.as_deref())?;
        key.verify_signature(&core(self.algorithm), signed.as_bytes(), &signature)
            .map_err(|_| Unread::Refused("token signature"))?;
        decoded(claims)
    }

    fn key(&self, kid: Option<&str>) -> Result<CoreJsonWebKey, Unread> {
        let kind = match self.algorithm {
            Algorithm::Hs256 => {
                return Ok(CoreJsonWebKey::new_symmetric(self.secret.expose_secret().as_bytes().to_vec()));
            }
            Algorithm::Rs256 => CoreJsonWebKeyType::RSA,
            Algorithm::Es256 => CoreJsonWebKeyType::EllipticCurve,
        };
        let named = |key: &&CoreJsonWebKey| kid.is_none() || key.key_id().map(|id| id.as_str()) == kid;
        let mut eligible = self.published.keys().iter().filter(|key| *key.key_type() == kind).filter(named);
        match (eligible.next(), eligible.next()) {
            (None, _) => Err(Unread::UnknownKey),
            (Some(key), None) => Ok(key.clone()),
            (Some(_), Some(_)) => Err(Unread::Refused("token key, one of several")),
        }
    }
}

/// The claims of a token that was read when it came, whose signature is nobody's concern any more.
pub(super) fn claims_of(token: &str) -> Option<Claims> {
    decoded(token.split('.').nth(1)?).ok()
}

const fn name(algorithm: Algorithm) -> &'static str {
    match algorithm {
        Algorithm::Rs256 => "RS256",
        Algorithm::Es256 => "ES256",
        Algorithm::Hs256 => "HS256",
    }
}

const fn core(algorithm: Algorithm) -> CoreJwsSigningAlgorithm {
    match algorithm {
        Algorithm::Rs256 => CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
        Algorithm::Es256 => CoreJwsSigningAlgorithm::EcdsaP256Sha256,
        Algorithm::Hs256 => CoreJwsSigningAlgorithm::HmacSha256,
    }
}

fn bytes(part: &str) -> Result<Vec<u8>, Unread> {
    BASE64_URL_SAFE_NO_PAD.decode(part).map_err(|_| Unread::Refused("token form"))
}

fn decoded<T: for<'de> Deserialize<'de>>(part: &str) -> Result<T, Unread> {
    serde_json::from_slice(&bytes(part)?).map_err(|_| Unread::Refused("token form"))
}
