//! The RSA keys that sign id tokens.
//!
//! They live in the database, beside the accounts: every instance signs with the same key, a restart changes nothing,
//! and a backup is complete. They are sealed with a secret that is not in the database (`sealing.rs`): whoever reads
//! the table cannot sign, and whoever writes to it cannot have a key of their own published.
//!
//! Nothing is cached: a key is read when it is needed (one short query), so that a rotation is seen by every instance
//! at once.
//!
//! | A key | from | until |
//! | --- | --- | --- |
//! | is published | it is made | [`PUBLISHED_AFTER_USE`] after the next one signs |
//! | signs | a day after it is made ([`PUBLISHED_BEFORE_USE`]) | the next one signs |
//! | is recognised in logout hints | it signs | it is purged, 30 days after it left the JWKS |

mod sealing;
mod signing_key;
mod store;

use chrono::{DateTime, TimeDelta, Utc};
use openidconnect::PrivateSigningKey;
use openidconnect::core::CoreJsonWebKeySet;
use sqlx::{PgConnection, PgPool};

use crate::error::Error;
use crate::grants::ID_TOKEN_LIFETIME;

pub use sealing::KeysSecret;
pub(crate) use sealing::Purpose;
pub use signing_key::PrivateKey;
pub(crate) use signing_key::SigningKey;
pub(crate) use store::purge;

/// How long relying parties may keep the JWKS: well under the day a new key is published before it signs.
pub(crate) const JWKS_KEPT: TimeDelta = TimeDelta::minutes(5);

/// A new key is published this long before it signs, so that relying parties, which keep the JWKS for a while, know
/// it in time.
pub const PUBLISHED_BEFORE_USE: TimeDelta = TimeDelta::days(1);

/// A key that signs no more is published until the last token it signed is dead, on clocks that differ a little.
pub const PUBLISHED_AFTER_USE: TimeDelta =
    TimeDelta::seconds(ID_TOKEN_LIFETIME.num_seconds() + JWKS_KEPT.num_seconds());

/// The signing keys of a provider, and the secret that opens them.
#[derive(Clone, Debug)]
pub struct Keyring {
    db: PgPool,
    secret: KeysSecret,
}

/// What became of a rotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rotation {
    /// A new key was made.
    Begun {
        /// When it begins to sign.
        signs_from: DateTime<Utc>,
        /// When the keys before it leave the JWKS.
        others_until: DateTime<Utc>,
    },
    /// A new key waits already: nothing was done.
    Waiting {
        /// When it begins to sign.
        signs_from: DateTime<Utc>,
    },
}

impl Keyring {
    /// The keys in this database.
    pub fn new(db: PgPool, secret: KeysSecret) -> Self {
        Self { db, secret }
    }

    /// Makes the keys ready for use: refuses a secret that does not open them, and makes the first one. Keys that an
    /// older version left unsealed are sealed, and replaced, since backups hold them as they were. All or nothing: a
    /// start that is cut short leaves the keys as they were, and of two instances one does it.
    pub async fn prepare(&self, now: DateTime<Utc>) -> Result<(), Error> {
        // Made beforehand: it takes a moment, during which nobody waits for the lock.
        let lacks_key = store::lacks_key(&self.db, now).await?;
        let key = if lacks_key { Some(PrivateKey::generate().await?) } else { None };
        let mut tx = self.db.begin().await?;
        store::lock(&mut tx).await?;
        let sealed = self.seal_plain_keys(&mut tx).await?;
        self.key_set(&store::known(&mut *tx).await?)?;
        if let Some(key) = key {
            if store::signing(&mut *tx, now).await?.is_none() {
                self.insert(&mut tx, &key, now, now).await?;
                tracing::info!("the first signing key was made");
            } else if sealed > 0 && store::waiting_until(&mut tx, now).await?.is_none() {
                self.succeed(&mut tx, &key, now).await?;
                tracing::warn!(
                    keys = sealed,
                    "signing keys kept as they were are sealed now, and being replaced"
                );
            }
        }
        tx.commit().await?;
        Ok(())
    }

    /// Adds a key that takes over in a day; the ones before it leave the JWKS when the last token they signed is dead.
    /// Does nothing while a new key waits.
    pub async fn rotate(&self, now: DateTime<Utc>) -> Result<Rotation, Error> {
        // A key sealed with another secret than the others would stop the provider.
        self.known().await?;
        let key = PrivateKey::generate().await?;
        let mut tx = self.db.begin().await?;
        store::lock(&mut tx).await?;
        if let Some(signs_from) = store::waiting_until(&mut tx, now).await? {
            return Ok(Rotation::Waiting { signs_from });
        }
        let begun = self.succeed(&mut tx, &key, now).await?;
        tx.commit().await?;
        Ok(begun)
    }

    /// Publishes the key that takes over in a day.
    async fn succeed(
        &self,
        db: &mut PgConnection,
        key: &PrivateKey,
        now: DateTime<Utc>,
    ) -> Result<Rotation, Error> {
        let signs_from = now + PUBLISHED_BEFORE_USE;
        let others_until = signs_from + PUBLISHED_AFTER_USE;
        store::retire_all(db, others_until).await?;
        self.insert(db, key, now, signs_from).await?;
        Ok(Rotation::Begun { signs_from, others_until })
    }

    /// Replaces every key by one that signs at once: one of them leaked, or the secret that opened them is lost.
    /// Relying parties that do not look for an unknown key refuse logins until they read the JWKS again.
    pub async fn replace(&self, now: DateTime<Utc>) -> Result<(), Error> {
        let key = PrivateKey::generate().await?;
        let mut tx = self.db.begin().await?;
        store::lock(&mut tx).await?;
        store::delete_all(&mut tx).await?;
        self.insert(&mut tx, &key, now, now).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Adds a key that signs from now on.
    pub async fn import(&self, key: &PrivateKey, now: DateTime<Utc>) -> Result<(), Error> {
        let mut db = self.db.acquire().await?;
        self.insert(&mut db, key, now, now).await
    }

    /// The key that signs now.
    pub(crate) async fn signing(&self, now: DateTime<Utc>) -> Result<SigningKey, Error> {
        let key = store::signing(&self.db, now).await?.ok_or(Error::Internal("there is no signing key"))?;
        SigningKey::load(&self.secret.open(&key)?)
    }

    /// What relying parties verify with.
    pub(crate) async fn published(&self, now: DateTime<Utc>) -> Result<CoreJsonWebKeySet, Error> {
        self.key_set(&store::published(&self.db, now).await?)
    }

    /// Every key still known, retired ones included: id tokens given back as hints may be old.
    pub(crate) async fn known(&self) -> Result<CoreJsonWebKeySet, Error> {
        self.key_set(&store::known(&self.db).await?)
    }

    fn key_set(&self, keys: &[store::SealedKey]) -> Result<CoreJsonWebKeySet, Error> {
        let public = |key| Ok(SigningKey::load(&self.secret.open(key)?)?.as_verification_key());
        Ok(CoreJsonWebKeySet::new(keys.iter().map(public).collect::<Result<_, Error>>()?))
    }

    async fn insert(
        &self,
        db: &mut PgConnection,
        key: &PrivateKey,
        now: DateTime<Utc>,
        active_from: DateTime<Utc>,
    ) -> Result<(), Error> {
        let kid = SigningKey::load(key)?.kid();
        Ok(store::insert(db, &self.secret.seal_key(kid, key)?, now, active_from).await?)
    }

    async fn seal_plain_keys(&self, db: &mut PgConnection) -> Result<usize, Error> {
        let plain = store::plain(db).await?;
        let count = plain.len();
        for (kid, pkcs8) in plain {
            store::seal(db, &self.secret.seal_key(kid, &PrivateKey::from_pkcs8(pkcs8))?).await?;
        }
        Ok(count)
    }
}
