//! The only source of randomness of the crate.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use ring::rand::{SecureRandom, SystemRandom};
use rsa::RsaPrivateKey;
use rsa::pkcs8::{EncodePrivateKey, SecretDocument};
use uuid::Uuid;

use crate::error::Error;
use crate::secret::Token;

/// The generator behind every random value, `ring`'s view of the operating system's.
pub(crate) fn generator() -> SystemRandom {
    SystemRandom::new()
}

/// A new secret of 256 bits: session, code, access token.
pub(crate) fn token() -> Result<Token, Error> {
    Ok(Token::new(BASE64_URL_SAFE_NO_PAD.encode(bytes::<32>()?)))
}

/// A new row identifier: `UUIDv7` of the given instant.
pub(crate) fn id(now: DateTime<Utc>) -> Result<Uuid, Error> {
    let bytes = bytes::<10>()?;
    let millis = u64::try_from(now.timestamp_millis()).unwrap_or_default();
    Ok(uuid::Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid())
}

/// A new RSA key of 3072 bits, PKCS#8: 128 bits of strength (ANSSI, ASVS 11.2.3). Slow: call it off the asynchronous threads.
pub(crate) fn rsa_key() -> Result<SecretDocument, Error> {
    const BITS: usize = 3072;
    RsaPrivateKey::new(&mut rsa::rand_core::OsRng, BITS)
        .map_err(|_| Error::Crypto("an RSA key could not be made"))?
        .to_pkcs8_der()
        .map_err(|_| Error::Crypto("an RSA key could not be encoded"))
}

/// As many random bytes as the caller needs.
pub(crate) fn bytes<const N: usize>() -> Result<[u8; N], Error> {
    let mut bytes = [0; N];
    generator().fill(&mut bytes).map_err(|_| Error::Crypto("the system gave no random bytes"))?;
    Ok(bytes)
}
