//! What is kept of a password: argon2id, as OWASP would have it.

use std::fmt;

use argon2::password_hash::phc;
use argon2::{ARGON2ID_IDENT, Algorithm, Argon2, Params, Version};
use secrecy::{ExposeSecret as _, SecretString};
use subtle::ConstantTimeEq as _;

use crate::memory::Memory;
use crate::{Error, random};

/// What a hash is made of: 128 bits of salt, 256 bits of hash.
const SALT: usize = 16;
const OUTPUT: usize = 32;

/// A hash nobody knows the password of: an address without account costs what another costs.
const DECOY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// An argon2id hash in PHC format.
#[derive(Clone, sqlx::Type)]
#[sqlx(transparent)]
pub struct PasswordHash(String);

impl PasswordHash {
    /// That of nobody.
    pub(crate) fn decoy() -> Self {
        Self(DECOY.to_owned())
    }

    /// Hashes a password (19 MiB, 2 passes: the first choice of OWASP). Takes tens of milliseconds.
    pub async fn new(password: SecretString) -> Result<Self, Error> {
        tokio::task::spawn_blocking(move || Self::make(&password, &Memory::default())).await?
    }

    pub(crate) fn make(password: &SecretString, memory: &Memory) -> Result<Self, Error> {
        let salt = random::bytes::<SALT>()?;
        Self::with_salt(password, &salt, memory).ok_or(Error::Failed("a password could not be hashed"))
    }

    fn with_salt(password: &SecretString, salt: &[u8; SALT], memory: &Memory) -> Option<Self> {
        let (params, mut output) = (Params::DEFAULT, [0; OUTPUT]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params.clone())
            .hash_password_into_with_memory(
                password.expose_secret().as_bytes(),
                salt,
                &mut output,
                memory.lend().blocks(params.block_count()),
            )
            .ok()?;
        let hash = phc::PasswordHash {
            algorithm: ARGON2ID_IDENT,
            version: Some(Version::V0x13.into()),
            params: (&params).try_into().ok()?,
            salt: Some(phc::Salt::new(salt).ok()?),
            hash: Some(phc::Output::new(&output).ok()?),
        };
        Some(Self(hash.to_string()))
    }

    /// As it is kept.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn verify(&self, password: &SecretString, memory: &Memory) -> Result<bool, Error> {
        self.matches(password, memory).ok_or(Error::Failed("a hash of a password is not one"))
    }

    /// Nothing when the hash is not one.
    fn matches(&self, password: &SecretString, memory: &Memory) -> Option<bool> {
        let hash = phc::PasswordHash::new(&self.0).ok()?;
        let (salt, expected) = (hash.salt.as_ref()?, hash.hash.as_ref()?);
        let params = Params::try_from(&hash).ok()?;
        let blocks = params.block_count();
        let algorithm = Algorithm::try_from(hash.algorithm.as_str()).ok()?;
        let version = hash.version.map_or(Some(Version::default()), |version| version.try_into().ok())?;
        let mut computed = vec![0; expected.as_ref().len()];
        Argon2::new(algorithm, version, params)
            .hash_password_into_with_memory(
                password.expose_secret().as_bytes(),
                salt,
                &mut computed,
                memory.lend().blocks(blocks),
            )
            .ok()?;
        Some(computed.ct_eq(expected.as_ref()).into())
    }
}

impl fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordHash(…)")
    }
}

#[cfg(test)]
mod tests {
    use argon2::{PasswordHasher as _, PasswordVerifier as _};

    use super::*;

    fn secret(value: &str) -> SecretString {
        SecretString::from(value)
    }

    /// What the crate of argon2 says of our hashes, and we of its own, whatever their parameters.
    #[tokio::test]
    async fn hashes_are_those_of_everyone_else() {
        let ours = PasswordHash::new(secret("phrase")).await.unwrap();
        let parsed = phc::PasswordHash::new(ours.as_str()).unwrap();
        assert!(Argon2::default().verify_password(b"phrase", &parsed).is_ok());
        let small =
            Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(64, 3, 1, Some(24)).unwrap());
        let theirs = PasswordHash(small.hash_password(b"phrase").unwrap().to_string());
        assert!(theirs.verify(&secret("phrase"), &Memory::default()).unwrap());
        assert!(!theirs.verify(&secret("autre"), &Memory::default()).unwrap());
        assert!(PasswordHash("$argon2id$".to_owned()).verify(&secret("x"), &Memory::default()).is_err());
        assert!(!PasswordHash::decoy().verify(&secret("x"), &Memory::default()).unwrap());
    }
}
