//! What is sealed under the operator's secret, by ChaCha20-Poly1305: private keys at rest, bound to their row by its key id,
//! and what login pages carry.

use std::fmt;

use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::hkdf::{HKDF_SHA256, Prk, Salt};

use super::signing_key::PrivateKey;
use super::store::SealedKey;
use crate::error::Error;
use crate::random;

/// What the secret is used for: another use derives another key from it.
const PURPOSE: &[u8] = b"iae connect, signing keys at rest, 1";
/// The other use.
const PAGES: &[u8] = b"iae connect, login pages, 1";

/// Each page has a key of its own, derived with as many random bytes as no two pages will ever share.
const PAGE_SALT: usize = 16;

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

    /// What a login page carries: its salt, then ciphertext with its tag.
    pub(crate) fn seal_page(&self, mut content: Vec<u8>) -> Result<Vec<u8>, Error> {
        let salt: [u8; PAGE_SALT] = random::bytes()?;
        derived(&self.root, &[PAGES, &salt])?
            .seal_in_place_append_tag(only_nonce(), Aad::empty(), &mut content)
            .map_err(|_| Error::Crypto("a login page could not be sealed"))?;
        Ok([salt.as_slice(), &content].concat())
    }

    /// What a login page carried, when it was sealed with this secret.
    pub(crate) fn open_page(&self, sealed: Vec<u8>) -> Option<Vec<u8>> {
        let (salt, ciphertext) = sealed.split_first_chunk::<PAGE_SALT>()?;
        let key = derived(&self.root, &[PAGES, salt]).ok()?;
        let mut content = ciphertext.to_vec();
        let length = key.open_in_place(only_nonce(), Aad::empty(), &mut content).ok()?.len();
        content.truncate(length);
        Some(content)
    }

    /// Nonce, then ciphertext with its tag. Nonces are random: there will never be the billions of keys that would
    /// make two meet.
    pub(super) fn seal(&self, kid: String, key: &PrivateKey) -> Result<SealedKey, Error> {
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
        let sealed = secret.seal("row".to_owned(), &key).unwrap();
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
    fn the_same_key_is_never_sealed_twice_alike() {
        let secret = KeysSecret::new(&[1; 32]).unwrap();
        let key = PrivateKey::from_pkcs8(b"a private key".to_vec());
        let sealed = || secret.seal("row".to_owned(), &key).unwrap().sealed;
        assert_ne!(sealed(), sealed());
    }
}
