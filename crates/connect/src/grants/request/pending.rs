//! A request that waits for someone to sign in. The address of the login page carries it, sealed: until somebody does sign
//! in, nothing is written, whoever asks, however often.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{AuthorizationRequest, ReturnAddress};
use crate::error::Error;
use crate::grants::{CodeChallenge, REQUEST_LIFETIME, Scopes};
use crate::keys::{KeysSecret, Purpose};
use crate::random;

/// A request that waits.
#[derive(Clone)]
pub(crate) struct Pending {
    /// Names it once it is answered.
    pub(crate) id: Uuid,
    /// What is asked.
    pub(crate) request: AuthorizationRequest,
    /// After this the person starts again from the relying party.
    pub(crate) expires_at: DateTime<Utc>,
    browser: Vec<u8>,
}

/// As it is sealed.
#[derive(Serialize, Deserialize)]
pub(crate) struct Carried {
    id: Uuid,
    client_id: String,
    redirect_uri: String,
    scope: String,
    state: Option<String>,
    nonce: Option<String>,
    code_challenge: String,
    login_hint: Option<String>,
    #[serde(default)]
    given_name: Option<String>,
    #[serde(default)]
    family_name: Option<String>,
    #[serde(default)]
    second_factor: bool,
    #[serde(default)]
    subject: Option<Uuid>,
    browser: String,
    expires_at: DateTime<Utc>,
}

impl Pending {
    /// Begins to wait, in the browser of this digest.
    pub(crate) fn new(
        request: AuthorizationRequest,
        browser: Vec<u8>,
        now: DateTime<Utc>,
    ) -> Result<Self, Error> {
        Ok(Self { id: random::id(now)?, request, browser, expires_at: now + REQUEST_LIFETIME })
    }

    /// The same request, in the same browser, begun again: somebody signed in, and has something to do before going on.
    pub(crate) fn renewed(&self, now: DateTime<Utc>) -> Result<Self, Error> {
        Self::new(self.request.clone(), self.browser.clone(), now)
    }

    /// As it is sealed, alone or in something else.
    pub(crate) fn carried(&self) -> Carried {
        let request = &self.request;
        Carried {
            id: self.id,
            client_id: request.client_id.clone(),
            redirect_uri: request.return_address.redirect_uri.clone(),
            scope: request.scopes.to_string(),
            state: request.return_address.state.clone(),
            nonce: request.nonce.clone(),
            code_challenge: request.code_challenge.as_str().to_owned(),
            login_hint: request.login_hint.clone(),
            given_name: request.given_name.clone(),
            family_name: request.family_name.clone(),
            second_factor: request.second_factor,
            subject: request.subject,
            browser: BASE64_URL_SAFE_NO_PAD.encode(&self.browser),
            expires_at: self.expires_at,
        }
    }

    /// As it was before.
    pub(crate) fn from_carried(carried: Carried) -> Option<Self> {
        let request = AuthorizationRequest {
            client_id: carried.client_id,
            return_address: ReturnAddress { redirect_uri: carried.redirect_uri, state: carried.state },
            scopes: Scopes::parse(&carried.scope)?,
            nonce: carried.nonce,
            code_challenge: CodeChallenge::from_stored(carried.code_challenge),
            login_hint: carried.login_hint,
            given_name: carried.given_name,
            family_name: carried.family_name,
            second_factor: carried.second_factor,
            subject: carried.subject,
        };
        let browser = BASE64_URL_SAFE_NO_PAD.decode(carried.browser).ok()?;
        Some(Self { id: carried.id, request, browser, expires_at: carried.expires_at })
    }

    /// What the login page carries.
    pub(crate) fn seal(&self, secret: &KeysSecret) -> Result<String, Error> {
        secret.seal(Purpose::Page, &self.carried())
    }

    /// What a login page carried, when it was sealed here.
    pub(crate) fn open(secret: &KeysSecret, sealed: &str) -> Option<Self> {
        Self::from_carried(secret.open_sealed(Purpose::Page, sealed)?)
    }

    /// Whether the browser that presented this digest is the one it was made in: its relying party takes an answer in no other
    /// (OID-4).
    pub(crate) fn was_made_in(&self, browser: Option<&[u8]>) -> bool {
        browser == Some(&self.browser)
    }

    /// Whether it may be answered now in the browser that presented this digest: soon, and where it was made.
    pub(crate) fn is_open(&self, browser: Option<&[u8]>, now: DateTime<Utc>) -> bool {
        self.was_made_in(browser) && now < self.expires_at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(byte: u8) -> KeysSecret {
        KeysSecret::new(&[byte; 32]).unwrap()
    }

    fn pending(now: DateTime<Utc>) -> Pending {
        let request = AuthorizationRequest {
            client_id: "emplois".to_owned(),
            return_address: ReturnAddress {
                redirect_uri: "https://emplois.example/retour".to_owned(),
                state: Some("état".to_owned()),
            },
            scopes: Scopes::parse("openid email").unwrap(),
            nonce: None,
            code_challenge: CodeChallenge::from_stored("challenge".to_owned()),
            login_hint: Some("camille.martin@structure.example".to_owned()),
            given_name: Some("Camille".to_owned()),
            family_name: None,
            second_factor: true,
            subject: Some(Uuid::from_u128(9)),
        };
        Pending::new(request, vec![7; 32], now).unwrap()
    }

    #[test]
    fn what_a_page_carries_is_read_where_it_was_sealed_and_says_nothing_elsewhere() {
        let now = "2026-09-01T08:00:00Z".parse().unwrap();
        let made = pending(now);
        let sealed = made.seal(&secret(1)).unwrap();
        let read = Pending::open(&secret(1), &sealed).unwrap();
        assert_eq!(format!("{:?}", read.request), format!("{:?}", made.request));
        assert_eq!(read.id, made.id);

        assert!(Pending::open(&secret(2), &sealed).is_none());
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(&sealed).unwrap();
        assert!(!bytes.windows(6).any(|part| part == b"emploi" || part == b"camill"));
        for place in [0, 15, 16, 40, bytes.len() - 1] {
            let mut forged = bytes.clone();
            forged[place] ^= 1;
            assert!(Pending::open(&secret(1), &BASE64_URL_SAFE_NO_PAD.encode(&forged)).is_none(), "{place}");
        }
        for nonsense in ["", "a", "guess", &sealed[..sealed.len() - 4], &sealed[..20]] {
            assert!(Pending::open(&secret(1), nonsense).is_none(), "{nonsense}");
        }
        assert_ne!(sealed, made.seal(&secret(1)).unwrap(), "never twice alike");
    }

    #[test]
    fn it_is_answered_within_a_quarter_of_an_hour_in_its_browser() {
        let now = "2026-09-01T08:00:00Z".parse().unwrap();
        let pending = pending(now);
        let last = pending.expires_at - chrono::TimeDelta::seconds(1);
        for (browser, at, open) in [
            (Some(&[7_u8; 32][..]), now, true),
            (Some(&[7; 32]), last, true),
            (Some(&[7; 32]), pending.expires_at, false),
            (Some(&[8; 32]), now, false),
            (None, now, false),
        ] {
            assert_eq!(pending.is_open(browser, at), open, "{browser:?} {at}");
        }
    }
}
