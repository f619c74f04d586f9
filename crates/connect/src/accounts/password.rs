//! Passwords: argon2id, hashed and checked off the asynchronous threads.

use std::fmt;
use std::sync::Arc;
use std::thread::available_parallelism;

use argon2::password_hash::phc;
use argon2::{ARGON2ID_IDENT, Algorithm, Argon2, Params, Version};
use secrecy::{ExposeSecret, SecretString};
use subtle::ConstantTimeEq as _;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::memory::Memory;
use crate::error::Error;
use crate::random;

/// Checks that run at the same time, at most. Each takes 19 MiB and a core: a flood of logins queues here
/// instead of taking the machine down.
const CONCURRENT_CHECKS: usize = 4;

/// Logins that may wait for the right to check a password: some seconds of work. The next is told to come back.
const QUEUE: usize = 128;

/// What a hash is made of: 128 bits of salt, 256 bits of hash.
const SALT: usize = 16;
const OUTPUT: usize = 32;

/// An argon2id hash in PHC format.
#[derive(Clone, sqlx::Type)]
#[sqlx(transparent)]
pub struct PasswordHash(String);

impl PasswordHash {
    /// Hashes a password (19 MiB, 2 passes: the first choice of OWASP). Takes tens of milliseconds.
    pub async fn new(password: SecretString) -> Result<Self, Error> {
        tokio::task::spawn_blocking(move || Self::make(&password, &Memory::default())).await?
    }

    fn make(password: &SecretString, memory: &Memory) -> Result<Self, Error> {
        let salt = random::bytes::<SALT>()?;
        Self::with_salt(password, &salt, memory).ok_or(Error::Crypto("a password could not be hashed"))
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

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    fn verify(&self, password: &SecretString, memory: &Memory) -> Result<bool, Error> {
        self.matches(password, memory).ok_or(Error::Inconsistent {
            table: "connect.accounts",
            what: "password_hash is not a PHC string of argon2",
        })
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

/// Checks passwords, one a core and a few at the most.
#[derive(Debug)]
pub(crate) struct PasswordChecker {
    places: Arc<Semaphore>,
    queue: Semaphore,
    memory: Memory,
    decoy: PasswordHash,
}

impl PasswordChecker {
    /// Prepares the decoy that unknown addresses are checked against.
    pub(crate) async fn new() -> Result<Self, Error> {
        let nobody_knows = SecretString::from(random::token()?.reveal());
        Ok(Self {
            places: Arc::new(Semaphore::new(at_once())),
            queue: Semaphore::new(QUEUE),
            memory: Memory::default(),
            decoy: PasswordHash::new(nobody_knows).await?,
        })
    }

    /// Waits for the right to check one password, unless too many wait already. Failures are counted once it is there: what
    /// waits has not failed.
    pub(crate) async fn place(&self) -> Result<Place<'_>, Error> {
        let _waiting = self.queue.try_acquire().map_err(|_| Error::Busy)?;
        let permit = Arc::clone(&self.places).acquire_owned().await;
        let permit = permit.map_err(|_| Error::Internal("password checks are closed"))?;
        Ok(Place { checker: self, permit })
    }
}

fn at_once() -> usize {
    available_parallelism().map_or(1, usize::from).min(CONCURRENT_CHECKS)
}

/// The right to check one password.
#[derive(Debug)]
pub(crate) struct Place<'c> {
    checker: &'c PasswordChecker,
    permit: OwnedSemaphorePermit,
}

impl Place<'_> {
    /// Whether the password is the right one. Without a hash the same work is done for nothing, so
    /// that the time taken says nothing about the existence of an account (IDP-10). The place is taken
    /// until the work is done, whether or not anyone waits for it: nothing stops a hash half-way.
    pub(crate) async fn check(
        self,
        password: SecretString,
        hash: Option<PasswordHash>,
    ) -> Result<bool, Error> {
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| self.checker.decoy.clone());
        let (memory, permit) = (self.checker.memory.clone(), self.permit);
        let checking = tokio::task::spawn_blocking(move || {
            let matches = hash.verify(&password, &memory);
            drop(permit);
            matches
        });
        let matches = checking.await??;
        Ok(matches && known)
    }

    /// The hash of a new password: the work of a check, in the same queue.
    pub(crate) async fn hash(self, password: SecretString) -> Result<PasswordHash, Error> {
        let (memory, permit) = (self.checker.memory.clone(), self.permit);
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

    use argon2::{PasswordHasher as _, PasswordVerifier as _};
    use tokio::time::timeout;

    use super::*;

    fn secret(value: &str) -> SecretString {
        SecretString::from(value)
    }

    #[tokio::test]
    async fn only_the_right_password_passes() {
        let checker = PasswordChecker::new().await.unwrap();
        let hash = PasswordHash::new(secret("le bon mot de passe")).await.unwrap();
        assert!(hash.as_str().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        let check = async |password, hash| {
            checker.place().await.unwrap().check(secret(password), hash).await.unwrap()
        };
        assert!(check("le bon mot de passe", Some(hash.clone())).await);
        assert!(!check("Le bon mot de passe", Some(hash)).await);
    }

    #[tokio::test]
    async fn an_unknown_account_never_passes_and_costs_a_real_hash() {
        let checker = PasswordChecker::new().await.unwrap();
        assert!(checker.decoy.as_str().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(!checker.place().await.unwrap().check(secret("peu importe"), None).await.unwrap());
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
    }

    /// Abandoned as soon as it runs, a check keeps its place until it ends: no more of them than places ever run.
    #[tokio::test(flavor = "multi_thread")]
    async fn what_is_abandoned_keeps_its_place_and_what_cannot_wait_is_told() {
        let checker = Arc::new(PasswordChecker::new().await.unwrap());
        for _ in 0..5 {
            let place = checker.place().await.unwrap();
            let checking = place.check(secret("peu importe"), None);
            assert!(timeout(Duration::from_millis(1), checking).await.is_err(), "abandoned");
            assert!(checker.places.available_permits() < at_once());
        }
        let held = checker.places.acquire_many(u32::try_from(at_once()).unwrap()).await.unwrap();
        let waiting: Vec<_> = (0..QUEUE)
            .map(|_| {
                let checker = Arc::clone(&checker);
                tokio::spawn(async move { checker.place().await.map(drop) })
            })
            .collect();
        while checker.queue.available_permits() > 0 {
            tokio::task::yield_now().await;
        }
        assert!(matches!(checker.place().await, Err(Error::Busy)), "one more than may wait");
        drop(held);
        for one in waiting {
            one.await.unwrap().unwrap();
        }
        assert_eq!(checker.queue.available_permits(), QUEUE);
    }
}
