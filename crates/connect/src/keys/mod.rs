//! The RSA keys that sign id tokens.
//!
//! They live in the database, beside the accounts: every instance signs with the same key, a restart
//! changes nothing, and a backup is complete. The price is that whoever reads `connect.signing_keys`
//! can sign for anyone; the same reader could already copy the password hashes, and the schema can be
//! given to a role of its own.
//!
//! Keys are made with the `rsa` crate and used with `ring`. `ring` cannot make RSA keys; `rsa` must not
//! sign with them (RUSTSEC-2023-0071: its private operations leak time).
//!
//! Nothing is cached: a key is read when it is needed (one short query), so that a rotation is seen by
//! every instance at once.

mod store;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use openidconnect::core::{CoreJsonWebKey, CoreJsonWebKeySet, CoreJwsSigningAlgorithm};
use openidconnect::{JsonWebKey, JsonWebKeyId, PrivateSigningKey, SigningError};
use ring::rsa::{KeyPair, PublicKeyComponents};
use ring::signature::RSA_PKCS1_SHA256;
use sqlx::PgPool;

use crate::error::Error;
use crate::grants::ID_TOKEN_LIFETIME;
use crate::{random, secret};

pub(crate) use store::purge;

/// A new key is published this long before it signs, so that relying parties, which keep the JWKS
/// for a while, know it in time.
pub const PUBLISHED_BEFORE_USE: TimeDelta = TimeDelta::days(1);

/// A private key in PKCS#8, made once and kept in the database.
pub struct PrivateKey(Vec<u8>);

impl PrivateKey {
    /// Makes a 2048-bit RSA key. Takes a good part of a second.
    pub async fn generate() -> Result<Self, Error> {
        let document = tokio::task::spawn_blocking(random::rsa_key).await??;
        Ok(Self(document.as_bytes().to_vec()))
    }

    /// Takes a key made elsewhere, or kept between two test runs.
    pub fn from_pkcs8(der: Vec<u8>) -> Self {
        Self(der)
    }

    /// The key itself.
    pub fn as_pkcs8(&self) -> &[u8] {
        &self.0
    }
}

/// Makes sure that there is a key to sign with, making one on the first start. Two instances starting
/// together may make one each: both are published and the newer one signs.
pub async fn ensure(db: &PgPool, now: DateTime<Utc>) -> Result<(), Error> {
    if store::signing(db, now).await?.is_none() {
        import(db, &PrivateKey::generate().await?, now).await?;
        tracing::info!("a signing key was made");
    }
    Ok(())
}

/// Adds a key that signs from now on.
pub async fn import(db: &PgPool, key: &PrivateKey, now: DateTime<Utc>) -> Result<(), Error> {
    let kid = SigningKey::load(key.as_pkcs8())?.kid;
    Ok(store::insert(db, kid.as_str(), key.as_pkcs8(), now, now).await?)
}

/// Adds a key that takes over in a day; the ones before it leave the JWKS when the last id token they
/// signed has expired.
pub async fn rotate(db: &PgPool, now: DateTime<Utc>) -> Result<(), Error> {
    let key = PrivateKey::generate().await?;
    let kid = SigningKey::load(key.as_pkcs8())?.kid;
    let active_from = now + PUBLISHED_BEFORE_USE;
    let mut tx = db.begin().await?;
    store::retire_all(&mut tx, active_from + ID_TOKEN_LIFETIME).await?;
    store::insert(&mut *tx, kid.as_str(), key.as_pkcs8(), now, active_from).await?;
    tx.commit().await?;
    Ok(())
}

/// The key that signs now.
pub(crate) async fn signing(db: &PgPool, now: DateTime<Utc>) -> Result<SigningKey, Error> {
    let pkcs8 = store::signing(db, now).await?.ok_or(Error::Internal("there is no signing key"))?;
    SigningKey::load(&pkcs8)
}

/// What relying parties verify with.
pub(crate) async fn published(db: &PgPool, now: DateTime<Utc>) -> Result<CoreJsonWebKeySet, Error> {
    key_set(&store::published(db, now).await?)
}

/// Every key still known, retired ones included: id tokens given back as hints may be old.
pub(crate) async fn known(db: &PgPool) -> Result<CoreJsonWebKeySet, Error> {
    key_set(&store::known(db).await?)
}

fn key_set(keys: &[Vec<u8>]) -> Result<CoreJsonWebKeySet, Error> {
    let keys: Result<Vec<_>, Error> =
        keys.iter().map(|pkcs8| Ok(SigningKey::load(pkcs8)?.as_verification_key())).collect();
    Ok(CoreJsonWebKeySet::new(keys?))
}

/// A key ready to sign.
pub(crate) struct SigningKey {
    pair: KeyPair,
    kid: JsonWebKeyId,
    public: PublicKeyComponents<Vec<u8>>,
}

impl SigningKey {
    fn load(pkcs8: &[u8]) -> Result<Self, Error> {
        let pair =
            KeyPair::from_pkcs8(pkcs8).map_err(|_| Error::Crypto("a signing key could not be read"))?;
        let public = PublicKeyComponents::<Vec<u8>>::from(pair.public());
        let kid = JsonWebKeyId::new(thumbprint(&public));
        Ok(Self { pair, kid, public })
    }
}

/// RFC 7638: SHA-256 of the public key's required members, in their order.
fn thumbprint(public: &PublicKeyComponents<Vec<u8>>) -> String {
    let e = BASE64_URL_SAFE_NO_PAD.encode(&public.e);
    let n = BASE64_URL_SAFE_NO_PAD.encode(&public.n);
    BASE64_URL_SAFE_NO_PAD
        .encode(secret::digest(format!(r#"{{"e":"{e}","kty":"RSA","n":"{n}"}}"#).as_bytes()))
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
        CoreJsonWebKey::new_rsa(self.public.n.clone(), self.public.e.clone(), Some(self.kid.clone()))
    }
}
