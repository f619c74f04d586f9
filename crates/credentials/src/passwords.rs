//! Passwords are hashed and checked off the asynchronous threads, a few at a time.

use std::sync::Arc;
use std::thread::available_parallelism;

use secrecy::SecretString;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::memory::Memory;
use crate::{Error, PasswordHash};

/// Passwords worked on at the same time, at most. Each takes 19 MiB and a core: a flood of logins queues here instead of taking
/// the machine down.
const AT_ONCE: usize = 4;

/// Those that may wait: some seconds of work. The next is told to come back.
const QUEUE: usize = 128;

/// Hashes and checks passwords, one a core and a few at the most. Clones share places and queue.
#[derive(Debug, Clone)]
pub struct Passwords {
    places: Arc<Semaphore>,
    queue: Arc<Semaphore>,
    memory: Memory,
}

impl Default for Passwords {
    fn default() -> Self {
        let (places, queue) = (Arc::new(Semaphore::new(at_once())), Arc::new(Semaphore::new(QUEUE)));
        Self { places, queue, memory: Memory::default() }
    }
}

impl Passwords {
    /// Waits for the right to work on one password, unless too many wait already. Whoever counts failures does it once it is there:
    /// what waits has not failed.
    pub async fn place(&self) -> Result<Place, Error> {
        let _waiting = self.queue.try_acquire().map_err(|_| Error::Busy)?;
        let permit = Arc::clone(&self.places).acquire_owned().await;
        let permit = permit.map_err(|_| Error::Failed("password checks are closed"))?;
        Ok(Place { memory: self.memory.clone(), permit })
    }

    /// The hash of a new password, in its turn.
    pub async fn hash(&self, password: SecretString) -> Result<PasswordHash, Error> {
        self.place().await?.hash(password).await
    }

    /// Whether the password is the right one, in its turn: [`Place::check`].
    pub async fn check(&self, password: SecretString, hash: Option<PasswordHash>) -> Result<bool, Error> {
        self.place().await?.check(password, hash).await
    }
}

fn at_once() -> usize {
    available_parallelism().map_or(1, usize::from).min(AT_ONCE)
}

/// The right to work on one password.
#[derive(Debug)]
pub struct Place {
    memory: Memory,
    permit: OwnedSemaphorePermit,
}

impl Place {
    /// Whether the password is the right one. Without a hash the same work is done for nothing, so that the time taken says
    /// nothing about the existence of an account (IDP-10). The place is taken until the work is done, whether or not anyone
    /// waits for it: nothing stops a hash half-way.
    pub async fn check(self, password: SecretString, hash: Option<PasswordHash>) -> Result<bool, Error> {
        let is_known = hash.is_some();
        let hash = hash.unwrap_or_else(PasswordHash::decoy);
        let Self { memory, permit } = self;
        let checking = tokio::task::spawn_blocking(move || {
            let matches = hash.verify(&password, &memory);
            drop(permit);
            matches
        });
        let matches = checking.await??;
        Ok(matches && is_known)
    }

    /// The hash of a new password: the work of a check, in the same queue.
    pub async fn hash(self, password: SecretString) -> Result<PasswordHash, Error> {
        let Self { memory, permit } = self;
        let hashing = tokio::task::spawn_blocking(move || {
            let hash = PasswordHash::make(&password, &memory);
            drop(permit);
            hash
        });
        hashing.await?
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::time::timeout;

    use super::*;

    fn secret(value: &str) -> SecretString {
        SecretString::from(value)
    }

    #[tokio::test]
    async fn only_the_right_password_passes() {
        let passwords = Passwords::default();
        let hash = passwords.hash(secret("le bon mot de passe")).await.unwrap();
        assert!(hash.as_str().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(passwords.check(secret("le bon mot de passe"), Some(hash.clone())).await.unwrap());
        assert!(!passwords.check(secret("Le bon mot de passe"), Some(hash)).await.unwrap());
    }

    #[tokio::test]
    async fn an_unknown_account_never_passes_and_costs_a_real_hash() {
        assert!(PasswordHash::decoy().as_str().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(!Passwords::default().check(secret("peu importe"), None).await.unwrap());
    }

    /// Abandoned as soon as it runs, a check keeps its place until it ends: no more of them than places ever run.
    #[tokio::test(flavor = "multi_thread")]
    async fn what_is_abandoned_keeps_its_place_and_what_cannot_wait_is_told() {
        let passwords = Passwords::default();
        for _ in 0..5 {
            let place = passwords.place().await.unwrap();
            let checking = place.check(secret("peu importe"), None);
            assert!(timeout(Duration::from_millis(1), checking).await.is_err(), "abandoned");
            assert!(passwords.places.available_permits() < at_once());
        }
        let held = passwords.places.acquire_many(u32::try_from(at_once()).unwrap()).await.unwrap();
        let waiting: Vec<_> = (0..QUEUE)
            .map(|_| {
                let passwords = passwords.clone();
                tokio::spawn(async move { passwords.place().await.map(drop) })
            })
            .collect();
        while passwords.queue.available_permits() > 0 {
            tokio::task::yield_now().await;
        }
        assert!(matches!(passwords.place().await, Err(Error::Busy)), "one more than may wait");
        drop(held);
        for one in waiting {
            one.await.unwrap().unwrap();
        }
        assert_eq!(passwords.queue.available_permits(), QUEUE);
    }
}
