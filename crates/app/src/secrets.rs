//! What is derived from the operator's secret: the keys of letters, and what seals the secrets shared with applications that
//! give codes. Each use has a key of its own.

use std::fmt;

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use iae_domain::ids::AccountLetterId;
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::hmac::{self, HMAC_SHA256};
use ring::rand::{SecureRandom as _, SystemRandom};

use crate::error::{Error, Result};

/// Each sealed value has a key of its own, derived with as many random bytes as no two of them will ever share.
const SALT: usize = 16;

/// The keys, derived once.
#[derive(Clone)]
pub struct Secrets {
    letters: hmac::Key,
    factors: hmac::Key,
}

impl Secrets {
    /// From the secret that every process of the instance shares: 256 random bits at least.
    pub fn new(secret: &[u8]) -> Self {
        let root = hmac::Key::new(HMAC_SHA256, secret);
        let derived = |usage: &[u8]| hmac::Key::new(HMAC_SHA256, hmac::sign(&root, usage).as_ref());
        Self {
            letters: derived(b"parcours iae, letters about accounts, 1"),
            factors: derived(b"parcours iae, second factors at rest, 1"),
        }
    }

    /// The key of a letter's link: whoever has it received the mail.
    pub(crate) fn letter_key(&self, id: AccountLetterId) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(hmac::sign(&self.letters, id.0.as_bytes()))
    }

    /// Whether a key is that of the letter, in constant time.
    pub(crate) fn is_letter_key(&self, id: AccountLetterId, key: &str) -> bool {
        let key = BASE64_URL_SAFE_NO_PAD.decode(key);
        key.is_ok_and(|key| hmac::verify(&self.letters, id.0.as_bytes(), &key).is_ok())
    }

    /// Bytes sealed for one thing: they open for no other.
    pub(crate) fn seal(&self, bound_to: &[u8], mut content: Vec<u8>) -> Result<Vec<u8>> {
        let salt: [u8; SALT] = random_bytes()?;
        self.sealing(&salt)?
            .seal_in_place_append_tag(only_nonce(), Aad::from(bound_to), &mut content)
            .map_err(|_| Error::Internal("a value could not be sealed".to_owned(), None))?;
        Ok([salt.as_slice(), &content].concat())
    }

    /// The bytes, when they were sealed with this secret for the same thing.
    pub(crate) fn open(&self, bound_to: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
        let (salt, ciphertext) = sealed.split_first_chunk::<SALT>()?;
        let mut content = ciphertext.to_vec();
        let key = self.sealing(salt).ok()?;
        let length = key.open_in_place(only_nonce(), Aad::from(bound_to), &mut content).ok()?.len();
        content.truncate(length);
        Some(content)
    }

    fn sealing(&self, salt: &[u8; SALT]) -> Result<LessSafeKey> {
        let key = UnboundKey::new(&CHACHA20_POLY1305, hmac::sign(&self.factors, salt).as_ref());
        key.map(LessSafeKey::new).map_err(|_| Error::Internal("no key to seal with".to_owned(), None))
    }
}

/// As many random bytes as the caller needs.
pub(crate) fn random_bytes<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    SystemRandom::new()
        .fill(&mut bytes)
        .map_err(|_| Error::Internal("the system gave no random bytes".to_owned(), None))?;
    Ok(bytes)
}

/// Of a key that seals once.
fn only_nonce() -> Nonce {
    Nonce::assume_unique_for_key([0; NONCE_LEN])
}

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secrets(…)")
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};

    use super::*;

    #[test]
    fn what_is_sealed_opens_where_it_is_bound_and_nowhere_else() {
        let secrets = Secrets::new(&[1; 64]);
        let sealed = secrets.seal(b"camille", b"shared".to_vec()).unwrap();
        assert_eq!(secrets.open(b"camille", &sealed).unwrap(), b"shared");
        assert!(secrets.open(b"amel", &sealed).is_none());
        assert!(Secrets::new(&[2; 64]).open(b"camille", &sealed).is_none());
        assert!(secrets.open(b"camille", &sealed[..7]).is_none());
        assert_ne!(sealed, secrets.seal(b"camille", b"shared".to_vec()).unwrap());
    }

    #[test]
    fn the_key_of_a_letter_is_of_no_other() {
        let now: DateTime<Utc> = "2026-05-04T09:00:00Z".parse().unwrap();
        let (one, other) = (AccountLetterId::at(now), AccountLetterId::at(now));
        let secrets = Secrets::new(&[1; 64]);
        let key = secrets.letter_key(one);
        assert!(secrets.is_letter_key(one, &key));
        assert!(!secrets.is_letter_key(other, &key) && !secrets.is_letter_key(one, ""));
        assert!(!Secrets::new(&[2; 64]).is_letter_key(one, &key));
    }
}
