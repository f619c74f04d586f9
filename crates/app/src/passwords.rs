//! Passwords: argon2id, hashed and checked off the asynchronous threads, a few at a time.

use std::fmt;
use std::sync::Arc;
use std::thread::available_parallelism;

use argon2::password_hash::phc;
use argon2::{Argon2, PasswordHasher as _, PasswordVerifier as _};
use secrecy::{ExposeSecret as _, SecretString};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::error::{Error, Result};

/// Passwords worked on at the same time, at most: each takes 19 MiB and a core, however many people sign in at once.
const AT_ONCE: usize = 4;

/// Those that may wait: some seconds of work. The next is told to come back.
const QUEUE: usize = 128;

/// A hash nobody knows the password of: an address without account costs what another costs.
const DECOY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// An argon2id hash in PHC format.
#[derive(Clone, sqlx::Type)]
#[sqlx(transparent)]
pub struct PasswordHash(String);

impl PasswordHash {
    /// As it is kept.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// 19 MiB, 2 passes: the first choice of OWASP. Takes tens of milliseconds.
    fn make(password: &SecretString) -> Result<Self> {
        let hash: phc::PasswordHash = Argon2::default()
            .hash_password(password.expose_secret().as_bytes())
            .map_err(|_| Error::Internal("a password could not be hashed".to_owned(), None))?;
        Ok(Self(hash.to_string()))
    }

    fn verify(&self, password: &SecretString) -> Result<bool> {
        let hash = phc::PasswordHash::new(&self.0)
            .map_err(|_| Error::Internal("a hash of a password is not one".to_owned(), None))?;
        Ok(Argon2::default().verify_password(password.expose_secret().as_bytes(), &hash).is_ok())
    }
}

impl fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordHash(…)")
    }
}

/// Hashes and checks passwords, one a core and a few at the most.
#[derive(Debug, Clone)]
pub struct Passwords {
    places: Arc<Semaphore>,
    queue: Arc<Semaphore>,
}

impl Default for Passwords {
    fn default() -> Self {
        let at_once = available_parallelism().map_or(1, usize::from).min(AT_ONCE);
        Self { places: Arc::new(Semaphore::new(at_once)), queue: Arc::new(Semaphore::new(QUEUE)) }
    }
}

impl Passwords {
    /// The hash of a new password.
    pub async fn hash(&self, password: SecretString) -> Result<PasswordHash> {
        let place = self.place().await?;
        let hashing = tokio::task::spawn_blocking(move || {
            let hash = PasswordHash::make(&password);
            drop(place);
            hash
        });
        hashing.await.map_err(|error| Error::internal("password", error))?
    }

    /// Whether the password is the right one. Without a hash the same work is done for nothing, so that the time taken says
    /// nothing of the account. The place is taken until the work is done, whether or not anyone waits for it.
    pub async fn check(&self, password: SecretString, hash: Option<PasswordHash>) -> Result<bool> {
        let place = self.place().await?;
        let is_known = hash.is_some();
        let hash = hash.unwrap_or_else(|| PasswordHash(DECOY.to_owned()));
        let checking = tokio::task::spawn_blocking(move || {
            let matches = hash.verify(&password);
            drop(place);
            matches
        });
        let matches = checking.await.map_err(|error| Error::internal("password", error))??;
        Ok(matches && is_known)
    }

    async fn place(&self) -> Result<OwnedSemaphorePermit> {
        let Ok(_waiting) = self.queue.try_acquire() else {
            return Err(Error::Unavailable("too many passwords are being checked".into()));
        };
        let place = Arc::clone(&self.places).acquire_owned().await;
        place.map_err(|error| Error::internal("password", error))
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn secret(text: &str) -> SecretString {
        SecretString::from(text)
    }

    #[tokio::test]
    async fn only_the_right_password_passes_and_nobody_s_costs_a_real_hash() {
        let passwords = Passwords::default();
        let hash = passwords.hash(secret("le bon mot de passe")).await.unwrap();
        assert!(hash.as_str().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(passwords.check(secret("le bon mot de passe"), Some(hash.clone())).await.unwrap());
        assert!(!passwords.check(secret("Le bon mot de passe"), Some(hash)).await.unwrap());
        assert!(phc::PasswordHash::new(DECOY).is_ok());
        assert!(!passwords.check(secret("peu importe"), None).await.unwrap());
    }

    /// Two hundred people at once: a few are worked on, the others wait, and who cannot wait is told.
    #[tokio::test(flavor = "multi_thread")]
    async fn no_more_than_a_few_are_worked_on_and_who_cannot_wait_is_told() {
        let passwords = Passwords::default();
        let held = Arc::clone(&passwords.places)
            .acquire_many_owned(u32::try_from(passwords.places.available_permits()).unwrap())
            .await
            .unwrap();
        let waiting: Vec<_> = (0..QUEUE)
            .map(|_| {
                let passwords = passwords.clone();
                tokio::spawn(async move { passwords.place().await.map(drop) })
            })
            .collect();
        while passwords.queue.available_permits() > 0 {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        assert!(matches!(passwords.place().await, Err(Error::Unavailable(_))));
        drop(held);
        for one in waiting {
            one.await.unwrap().unwrap();
        }
    }
}
