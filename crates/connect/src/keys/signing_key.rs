//! One RSA key. Made with the `rsa` crate and used with `ring`: `ring` cannot make RSA keys; `rsa` must not sign with
//! them (RUSTSEC-2023-0071: its private operations leak time).

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use openidconnect::core::{CoreJsonWebKey, CoreJwsSigningAlgorithm};
use openidconnect::{JsonWebKey, JsonWebKeyId, PrivateSigningKey, SigningError};
use ring::rsa::{KeyPair, PublicKeyComponents};
use ring::signature::RSA_PKCS1_SHA256;
use secrecy::{ExposeSecret, SecretSlice};

use crate::error::Error;
use crate::{random, secret};

/// A private key in PKCS#8, wiped from memory when dropped.
pub struct PrivateKey(SecretSlice<u8>);

impl PrivateKey {
    /// Makes an RSA key of 3072 bits. Takes a second or two.
    pub async fn generate() -> Result<Self, Error> {
        let document = tokio::task::spawn_blocking(random::rsa_key).await??;
        Ok(Self::from_pkcs8(document.as_bytes().to_vec()))
    }

    /// Takes a key made elsewhere, or kept between two test runs.
    pub fn from_pkcs8(der: Vec<u8>) -> Self {
        Self(der.into())
    }

    /// The key itself.
    pub fn as_pkcs8(&self) -> &[u8] {
        self.0.expose_secret()
    }
}

/// A key ready to sign.
pub(crate) struct SigningKey {
    pair: KeyPair,
    public: PublicKeyComponents<Vec<u8>>,
}

impl SigningKey {
    pub(super) fn load(key: &PrivateKey) -> Result<Self, Error> {
        let pair = KeyPair::from_pkcs8(key.as_pkcs8())
            .map_err(|_| Error::Crypto("a signing key could not be read"))?;
        let public = PublicKeyComponents::<Vec<u8>>::from(pair.public());
        Ok(Self { pair, public })
    }

    /// RFC 7638: SHA-256 of the public key's required members, in their order.
    pub(crate) fn kid(&self) -> String {
        let e = BASE64_URL_SAFE_NO_PAD.encode(&self.public.e);
        let n = BASE64_URL_SAFE_NO_PAD.encode(&self.public.n);
        BASE64_URL_SAFE_NO_PAD
            .encode(secret::digest(format!(r#"{{"e":"{e}","kty":"RSA","n":"{n}"}}"#).as_bytes()))
    }
}

impl PrivateSigningKey for SigningKey {
    type VerificationKey = CoreJsonWebKey;

    fn sign(
        &self,
        algorithm: &<CoreJsonWebKey as JsonWebKey>::SigningAlgorithm,
        message: &[u8],
    ) -> Result<Vec<u8>, SigningError> {
        if *algorithm != CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256 {
            return Err(SigningError::UnsupportedAlg("only RS256 is offered".to_owned()));
        }
        let mut signature = vec![0; self.pair.public().modulus_len()];
        self.pair
            .sign(&RSA_PKCS1_SHA256, &random::generator(), message, &mut signature)
            .map_err(|_| SigningError::CryptoError)?;
        Ok(signature)
    }

    fn as_verification_key(&self) -> CoreJsonWebKey {
        let kid = JsonWebKeyId::new(self.kid());
        CoreJsonWebKey::new_rsa(self.public.n.clone(), self.public.e.clone(), Some(kid))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_new_key_has_3072_bits() {
        let key = SigningKey::load(&PrivateKey::generate().await.unwrap()).unwrap();
        assert_eq!(key.pair.public().modulus_len(), 3072 / 8);
    }
}
