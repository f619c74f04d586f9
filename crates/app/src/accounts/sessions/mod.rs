//! Sessions in the database, under the hash of their id: who reads the table cannot take a session.

mod store;

use chrono::{DateTime, TimeDelta, Utc};
use iae_domain::Changed;
use iae_domain::accounts::session::IDLE;
use iae_domain::ids::{OrganisationId, UserId};
use sha2::{Digest as _, Sha256};

use crate::error::Result;
use crate::{Db, Work};

/// How often it is written that a session is used: not at each page.
const NOTED: TimeDelta = TimeDelta::minutes(5);

/// A session as the cookie layer keeps it.
#[derive(Debug, Clone)]
pub struct StoredSession {
    /// What the cookie layer stored.
    pub data: Vec<u8>,
    /// Whose it is.
    pub user: Option<UserId>,
    /// The organisation they act for.
    pub organisation: Option<OrganisationId>,
    /// When it ends, whatever is done with it.
    pub expires_at: DateTime<Utc>,
    /// When the login that opens it began; none once it is open.
    pub login_began_at: Option<DateTime<Utc>>,
}

/// The key a session is stored under.
pub fn key(id: &[u8]) -> Vec<u8> {
    Sha256::digest(id).to_vec()
}

/// The session under `key`, unless it ended or nobody used it for too long; it is used now.
pub async fn find(db: &Db, key: &[u8], now: DateTime<Utc>) -> Result<Option<StoredSession>> {
    let Some((session, used_at)) = store::find(db, key, now, now - IDLE).await? else { return Ok(None) };
    if now - used_at >= NOTED {
        store::touch(db, key, now).await?;
    }
    Ok(Some(session))
}

/// Writes a session; `false` when it must be new and the key is taken. One that ended meanwhile is not written again, nor
/// is one that a login opens which began before the person's sessions were ended.
pub async fn save(
    db: &Db,
    key: &[u8],
    session: &StoredSession,
    now: DateTime<Utc>,
    new: bool,
) -> Result<bool> {
    if new {
        store::insert(db, key, session, now).await
    } else {
        store::update(db, key, session, now).await.map(|()| true)
    }
}

/// Ends a session.
pub async fn delete(db: &Db, key: &[u8]) -> Result<()> {
    store::delete(db, key).await.map(drop)
}

/// Ends the session of someone who leaves, within the work that says so; `false` when it ended meanwhile.
pub(super) async fn leave(work: &mut Work<'_>, left: Changed<UserId>, key: &[u8]) -> Result<bool> {
    work.keep(left);
    Ok(store::delete(work.db(), key).await? == 1)
}
