//! Logout tokens (Back-Channel Logout 1.0 §2.4): signed as id tokens are, and never to be taken for one.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use openidconnect::PrivateSigningKey as _;
use openidconnect::core::CoreJwsSigningAlgorithm;
use serde_json::json;
use uuid::Uuid;

use super::TOKEN_LIFETIME;
use crate::error::Error;
use crate::keys::SigningKey;
use crate::{Config, random};

/// The event that a logout token tells.
const LOGOUT: &str = "http://schemas.openid.net/event/backchannel-logout";

/// Who was logged out, of what, and who is told.
pub(super) struct Subject<'a> {
    pub(super) client: &'a str,
    pub(super) account: Uuid,
    pub(super) session: Option<Uuid>,
}

/// The token. The library of OpenID Connect writes no `typ`, which tells a logout token from an id token: its three parts are
/// put together here, and signed by the key as the others are.
pub(super) fn sign(
    config: &Config,
    subject: &Subject<'_>,
    key: &SigningKey,
    now: DateTime<Utc>,
) -> Result<String, Error> {
    let header = json!({ "alg": "RS256", "typ": "logout+jwt", "kid": key.kid() });
    let mut claims = json!({
        "iss": config.issuer(),
        "aud": subject.client,
        "iat": now.timestamp(),
        "exp": (now + TOKEN_LIFETIME).timestamp(),
        // One a try: a relying party that took the first, and whose answer was lost, sees another.
        "jti": random::id(now)?,
        "sub": subject.account,
        "events": { LOGOUT: {} },
    });
    if let (Some(claims), Some(sid)) = (claims.as_object_mut(), subject.session) {
        claims.insert("sid".to_owned(), sid.to_string().into());
    }
    let part = |value: &serde_json::Value| BASE64_URL_SAFE_NO_PAD.encode(value.to_string());
    let message = format!("{}.{}", part(&header), part(&claims));
    let signature = key
        .sign(&CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256, message.as_bytes())
        .map_err(|_| Error::Crypto("a logout token could not be signed"))?;
    Ok(format!("{message}.{}", BASE64_URL_SAFE_NO_PAD.encode(signature)))
}
