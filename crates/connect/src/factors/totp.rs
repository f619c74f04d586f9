//! Applications that give codes (`iae_credentials::SharedSecret`): added by a page that carries their secret, kept sealed, asked for at
//! sign-in.

use chrono::{DateTime, TimeDelta, Utc};
use iae_credentials::SharedSecret;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use url::Url;
use uuid::Uuid;

use super::store;
use super::tries::{self, Tried};
use crate::error::Error;
use crate::keys::Purpose;
use crate::{Connect, random};

/// How long the page where an application is added serves.
const LIFETIME: TimeDelta = TimeDelta::minutes(15);
/// What applications call us.
const SERVICE: &str = "Inclusion Connect";

/// A secret as it is kept, bound to its account.
pub(super) fn at_rest(connect: &Connect, account_id: Uuid, shared: &SharedSecret) -> Result<Vec<u8>, Error> {
    connect.secret().seal_for(Purpose::Application, account_id.as_bytes(), shared.expose().to_vec())
}

/// A secret that was kept, for this account.
fn kept(connect: &Connect, account_id: Uuid, sealed: &[u8]) -> Option<SharedSecret> {
    let secret = connect.secret().open_for(Purpose::Application, account_id.as_bytes(), sealed)?;
    Some(secret.into())
}

/// An application being added: the page carries it, sealed, and nothing is written until a code of it is typed.
pub(crate) struct Enrolment {
    /// Serves once.
    pub(crate) id: Uuid,
    /// After this the page serves no more.
    pub(crate) expires_at: DateTime<Utc>,
    pub(super) shared: SharedSecret,
}

#[derive(Serialize, Deserialize)]
struct Carried {
    id: Uuid,
    account_id: Uuid,
    secret: Vec<u8>,
    expires_at: DateTime<Utc>,
}

impl Enrolment {
    /// A new one.
    pub(crate) fn begin(now: DateTime<Utc>) -> Result<Self, Error> {
        Ok(Self { id: random::id(now)?, expires_at: now + LIFETIME, shared: SharedSecret::draw()? })
    }

    /// As its page carries it.
    pub(crate) fn seal(&self, connect: &Connect, account_id: Uuid) -> Result<String, Error> {
        let secret = self.shared.expose().to_vec();
        let carried = Carried { id: self.id, account_id, secret, expires_at: self.expires_at };
        connect.secret().seal(Purpose::Enrolment, &carried)
    }

    /// What the page carried, while it serves, for this account.
    pub(crate) fn open(connect: &Connect, account_id: Uuid, sealed: &str) -> Option<Self> {
        let carried: Carried = connect.secret().open_sealed(Purpose::Enrolment, sealed)?;
        let serves = carried.account_id == account_id && connect.now() < carried.expires_at;
        let shared = carried.secret.into();
        serves.then_some(Self { id: carried.id, expires_at: carried.expires_at, shared })
    }

    /// What is typed where the picture cannot be read, in groups of four.
    pub(crate) fn key(&self) -> String {
        self.shared.key()
    }

    /// The address that applications read.
    pub(crate) fn address(&self, email: &str) -> Result<Url, Error> {
        Ok(self.shared.address(SERVICE, email)?)
    }

    /// The picture of it, as an address that a page shows.
    pub(crate) fn picture(&self, email: &str) -> Result<String, Error> {
        Ok(self.shared.picture(SERVICE, email)?)
    }
}

/// Looks at a code of any application of the account. One accepted already, or before the last that was, is wrong.
pub(crate) async fn try_code(
    connect: &Connect,
    db: &mut PgConnection,
    account_id: Uuid,
    typed: &str,
) -> Result<Tried, Error> {
    let now = connect.now();
    let attempt = match tries::begin(db, account_id, now).await? {
        Ok(attempt) => attempt,
        Err(minutes) => return Ok(Tried::Locked { minutes }),
    };
    let mut tried = Tried::Wrong;
    for device in store::devices(&mut *db, account_id).await? {
        let Some(shared) = kept(connect, account_id, &device.sealed) else {
            // Sealed with another secret of the operator: lost with it.
            tracing::warn!("an application of codes cannot be read: it was sealed with another secret");
            continue;
        };
        if let Some(step) = shared.step_after(device.last_step, typed, now) {
            store::use_device(&mut *db, device.id, step, now).await?;
            tried = Tried::Right { factor_id: Some(device.id) };
            break;
        }
    }
    attempt.end(db, tried, now).await
}
