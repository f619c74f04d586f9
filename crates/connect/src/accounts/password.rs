//! Passwords: argon2id, hashed and checked off the asynchronous threads.

use std::fmt;

use argon2::password_hash::phc;
use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::error::Error;
use crate::random;

/// Checks that run at the same time. Each takes 19 MiB and a core: a flood of logins queues here
/// instead of taking the machine down.
const CONCURRENT_CHECKS: usize = 4;

/// An argon2id hash in PHC format.
#[derive(Clone, sqlx::Type)]
#[sqlx(transparent)]
pub struct PasswordHash(String);

impl PasswordHash {
    /// Hashes a password (19 MiB, 2 passes: the first choice of OWASP). Takes tens of milliseconds.
    pub async fn new(password: SecretString) -> Result<Self, Error> {
        tokio::task::spawn_blocking(move || {
            Argon2::default()
                .hash_password(password.expose_secret().as_bytes())
                .map(|hash| Self(hash.to_string()))
                .map_err(|_| Error::Crypto("a password could not be hashed"))
        })
        .await?
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    fn verify(&self, password: &SecretString) -> Result<bool, Error> {
        let hash = phc::PasswordHash::new(&self.0).map_err(|_| Error::Inconsistent {
            table: "connect.accounts",
            what: "password_hash is not a PHC string",
        })?;
        Ok(Argon2::default().verify_password(password.expose_secret().as_bytes(), &hash).is_ok())
    }
}

impl fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordHash(…)")
    }
}

/// Checks passwords, a few at a time.
#[derive(Debug)]
pub(crate) struct PasswordChecker {
    places: Semaphore,
    decoy: PasswordHash,
}

impl PasswordChecker {
    /// Prepares the decoy that unknown addresses are checked against.
    pub(crate) async fn new() -> Result<Self, Error> {
        let nobody_knows = SecretString::from(random::token()?.reveal());
        Ok(Self { places: Semaphore::new(CONCURRENT_CHECKS), decoy: PasswordHash::new(nobody_knows).await? })
    }

    /// Waits for the right to check one password. Failures are counted once it is there: what waits has not failed.
    pub(crate) async fn place(&self) -> Result<Place<'_>, Error> {
        let permit = self.places.acquire().await;
        let permit = permit.map_err(|_| Error::Internal("password checks are closed"))?;
        Ok(Place { decoy: &self.decoy, _permit: permit })
    }
}

/// The right to check one password.
#[derive(Debug)]
pub(crate) struct Place<'c> {
    decoy: &'c PasswordHash,
    _permit: SemaphorePermit<'c>,
}

impl Place<'_> {
    /// Whether the password is the right one. Without a hash the same work is done for nothing, so
    /// that the time taken says nothing about the existence of an account (IDP-10).
    pub(crate) async fn check(
        self,
        password: SecretString,
        hash: Option<PasswordHash>,
    ) -> Result<bool, Error> {
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| self.decoy.clone());
        let matches = tokio::task::spawn_blocking(move || hash.verify(&password)).await??;
        Ok(matches && known)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(value: &str) -> SecretString {
        SecretString::from(value)
    }

    #[tokio::test]
    async fn only_the_right_password_passes() {
        let checker = PasswordChecker::new().await.unwrap();
        let hash = PasswordHash::new(secret("le bon mot de passe")).await.unwrap();
        assert!(hash.as_str().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(
            checker
                .place()
                .await
                .unwrap()
                .check(secret("le bon mot de passe"), Some(hash.clone()))
                .await
                .unwrap()
        );
        assert!(
            !checker.place().await.unwrap().check(secret("Le bon mot de passe"), Some(hash)).await.unwrap()
        );
    }

    #[tokio::test]
    async fn an_unknown_account_never_passes_and_costs_a_real_hash() {
        let checker = PasswordChecker::new().await.unwrap();
        assert!(checker.decoy.as_str().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(!checker.place().await.unwrap().check(secret("peu importe"), None).await.unwrap());
    }
}
