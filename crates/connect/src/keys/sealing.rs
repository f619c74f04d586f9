//! What is sealed under the operator's secret, by ChaCha20-Poly1305: private keys at rest, bound to their row by its key id,
//! what login pages and others carry, and the secrets shared with applications that give codes.

use std::fmt;

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::hkdf::{HKDF_SHA256, Prk, Salt};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::signing_key::PrivateKey;
use super::store::SealedKey;
use crate::error::Error;
use crate::random;

/// What the secret is used for: another use derives another key from it.
const PURPOSE: &[u8] = b"iae connect, signing keys at rest, 1";

/// Each sealed value has a key of its own, derived with as many random bytes as no two of them will ever share.
const PAGE_SALT: usize = 16;

/// The other uses: what is sealed for one opens for no other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// What login pages carry.
    Page,
    /// A login page that answers no relying party.
    Visit,
    /// Links of mails.
    Mail,
    /// A second factor that is waited for.
    Step,
    /// An application being added to an account.
    Enrolment,
    /// What a passkey was asked.
    Ceremony,
    /// A secret shared with an application, at rest.
    Application,
}

impl Purpose {
    fn label(self) -> &'static [u8] {
        match self {
            Self::Page => b"iae connect, login pages, 1",
            Self::Visit => b"iae connect, login pages of accounts, 1",
            Self::Mail => b"iae connect, links of mails, 1",
            Self::Step => b"iae connect, second factors waited for, 1",
            Self::Enrolment => b"iae connect, applications being added, 1",
            Self::Ceremony => b"iae connect, challenges of passkeys, 1",
            Self::Application => b"iae connect, secrets of applications at rest, 1",
        }
    }
}

/// What seals and opens, derived from the operator's secret.
#[derive(Clone)]
pub struct KeysSecret {
    at_rest: LessSafeKey,
    root: Prk,
}

impl KeysSecret {
    /// From 256 random bits.
    pub fn new(secret: &[u8; 32]) -> Result<Self, Error> {
        let root = Salt::new(HKDF_SHA256, &[]).extract(secret);
        Ok(Self { at_rest: derived(&root, &[PURPOSE])?, root })
    }

    /// A value, as an address or a hidden field carries it.
    pub(crate) fn seal<T: Serialize>(&self, purpose: Purpose, value: &T) -> Result<String, Error> {
        let content = serde_json::to_vec(value);
        let content = content.map_err(|_| Error::Internal("a value to seal could not be written"))?;
        Ok(BASE64_URL_SAFE_NO_PAD.encode(self.seal_for(purpose, &[], content)?))
    }

    /// The value carried, when it was sealed with this secret for this purpose.
    pub(crate) fn open_sealed<T: DeserializeOwned>(&self, purpose: Purpose, sealed: &str) -> Option<T> {
        let sealed = BASE64_URL_SAFE_NO_PAD.decode(sealed).ok()?;
        serde_json::from_slice(&self.open_for(purpose, &[], &sealed)?).ok()
    }

    /// Bytes bound to something that is known where they are opened.
    pub(crate) fn seal_for(
        &self,
        purpose: Purpose,
        bound_to: &[u8],
        mut content: Vec<u8>,
    ) -> Result<Vec<u8>, Error> {
        let salt: [u8; PAGE_SALT] = random::bytes()?;
        derived(&self.root, &[purpose.label(), &salt])?
            .seal_in_place_append_tag(only_nonce(), Aad::from(bound_to), &mut content)
            .map_err(|_| Error::Crypto("a value could not be sealed"))?;
        Ok([salt.as_slice(), &content].concat())
    }

    /// The bytes, when they were sealed with this secret, for this purpose, bound to the same.
    pub(crate) fn open_for(&self, purpose: Purpose, bound_to: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
        let (salt, ciphertext) = sealed.split_first_chunk::<PAGE_SALT>()?;
        let key = derived(&self.root, &[purpose.label(), salt]).ok()?;
        let mut content = ciphertext.to_vec();
        let length = key.open_in_place(only_nonce(), Aad::from(bound_to), &mut content).ok()?.len();
        content.truncate(length);
        Some(content)
    }

    /// Nonce, then ciphertext with its tag. Nonces are random: there will never be the billions of keys that would
    /// make two meet.
    pub(super) fn seal_key(&self, kid: String, key: &PrivateKey) -> Result<SealedKey, Error> {
        let nonce: [u8; NONCE_LEN] = random::bytes()?;
        let mut ciphertext = key.as_pkcs8().to_vec();
        self.at_rest
            .seal_in_place_append_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(kid.as_bytes()),
                &mut ciphertext,
            )
            .map_err(|_| Error::Crypto("a signing key could not be sealed"))?;
        Ok(SealedKey { sealed: [nonce.as_slice(), &ciphertext].concat(), kid })
    }

    /// The key of a row; [`Error::KeysSecret`] when it was sealed with another secret, or for another row.
    pub(super) fn open(&self, key: &SealedKey) -> Result<PrivateKey, Error> {
        let (nonce, ciphertext) = key.sealed.split_first_chunk::<NONCE_LEN>().ok_or(Error::KeysSecret)?;
        let mut plaintext = ciphertext.to_vec();
        let length = self
            .at_rest
            .open_in_place(
                Nonce::assume_unique_for_key(*nonce),
                Aad::from(key.kid.as_bytes()),
                &mut plaintext,
            )
            .map_err(|_| Error::KeysSecret)?
            .len();
        plaintext.truncate(length);
        Ok(PrivateKey::from_pkcs8(plaintext))
    }
}

fn derived(root: &Prk, purpose: &[&[u8]]) -> Result<LessSafeKey, Error> {
    let derived = root
        .expand(purpose, &CHACHA20_POLY1305)
        .map_err(|_| Error::Crypto("the secret of the signing keys could not be used"))?;
    Ok(LessSafeKey::new(UnboundKey::from(derived)))
}

/// Of a key that seals once.
fn only_nonce() -> Nonce {
    Nonce::assume_unique_for_key([0; NONCE_LEN])
}

impl fmt::Debug for KeysSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KeysSecret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_key_opens_in_its_row_with_its_secret_and_nowhere_else() {
        let secret = KeysSecret::new(&[1; 32]).unwrap();
        let key = PrivateKey::from_pkcs8(b"a private key".to_vec());
        let sealed = secret.seal_key("row".to_owned(), &key).unwrap();
        assert_eq!(secret.open(&sealed).unwrap().as_pkcs8(), key.as_pkcs8());
        assert!(!sealed.sealed.windows(7).any(|part| part == b"private"));

        assert!(matches!(KeysSecret::new(&[2; 32]).unwrap().open(&sealed), Err(Error::KeysSecret)));
        let moved = SealedKey { kid: "another row".to_owned(), sealed: sealed.sealed.clone() };
        assert!(matches!(secret.open(&moved), Err(Error::KeysSecret)));
        for length in 0..sealed.sealed.len() {
            let cut = SealedKey { kid: "row".to_owned(), sealed: sealed.sealed[..length].to_vec() };
            assert!(matches!(secret.open(&cut), Err(Error::KeysSecret)), "{length}");
        }
    }

    #[test]
    fn what_is_sealed_opens_for_its_purpose_and_where_it_is_bound_and_nowhere_else() {
        let secret = KeysSecret::new(&[1; 32]).unwrap();
        let sealed = secret.seal_for(Purpose::Application, b"camille", b"shared".to_vec()).unwrap();
        assert_eq!(secret.open_for(Purpose::Application, b"camille", &sealed).unwrap(), b"shared");
        assert!(secret.open_for(Purpose::Application, b"amel", &sealed).is_none());
        assert!(secret.open_for(Purpose::Enrolment, b"camille", &sealed).is_none());
        let other = KeysSecret::new(&[2; 32]).unwrap();
        assert!(other.open_for(Purpose::Application, b"camille", &sealed).is_none());

        let carried = secret.seal(Purpose::Step, &("a value", 7)).unwrap();
        assert_eq!(secret.open_sealed(Purpose::Step, &carried), Some(("a value".to_owned(), 7)));
        assert_eq!(secret.open_sealed::<(String, i32)>(Purpose::Page, &carried), None);
        assert_eq!(secret.open_sealed::<(String, i32)>(Purpose::Step, "nonsense"), None);
    }

    #[test]
    fn the_same_key_is_never_sealed_twice_alike() {
        let secret = KeysSecret::new(&[1; 32]).unwrap();
        let key = PrivateKey::from_pkcs8(b"a private key".to_vec());
        let sealed = || secret.seal_key("row".to_owned(), &key).unwrap().sealed;
        assert_ne!(sealed(), sealed());
    }
}
