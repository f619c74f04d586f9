//! Sessions in the database, under the hash of their id: who reads the table cannot take a session.

mod seen_as;
mod store;

pub(super) use store::{delete_opened_by, has_any, holder};

use chrono::{DateTime, TimeDelta, Utc};
use iae_domain::Changed;
use iae_domain::accounts::session::IDLE;
use iae_domain::accounts::{AccountChange, Provider, SessionsEnd, happened, sessions_ended};
use iae_domain::ids::{ImpersonationId, OrganisationId, UserId};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use store::Found;

use super::SignedIn;
use crate::db::is_lost;
use crate::error::{Error, Result};
use crate::{App, Ctx, Db, Work};

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
    /// The browser that opens it, in words; none once it is open.
    pub browser: Option<String>,
    /// The provider that the person came by, which says when it is over there; none once it is open.
    pub provider: Option<Provider>,
    /// What that provider calls its own session, where it names it; none once it is open.
    pub provider_session: Option<String>,
    /// Its holder sees the platform as somebody (AUT-30).
    pub impersonation: Option<ImpersonationId>,
}

/// A session, as its holder sees it in the list of theirs (SES-13).
#[derive(Debug, Clone)]
pub struct OpenSession {
    /// What forms call it.
    pub id: Uuid,
    /// « Firefox sous Windows », where it is known.
    pub browser: Option<String>,
    /// Since when.
    pub created_at: DateTime<Utc>,
    /// When it was last used, to a few minutes.
    pub last_seen_at: DateTime<Utc>,
    /// Whether it is the one that asks.
    pub is_this_one: bool,
}

/// The key a session is stored under.
pub fn key(id: &[u8]) -> Vec<u8> {
    Sha256::digest(id).to_vec()
}

/// The session under `key`, unless it ended or nobody used it for too long, and the person who signed in with it, acting for the
/// organisation they chose; nobody when the account is closed. It is used now.
pub async fn find(
    db: &Db,
    key: &[u8],
    now: DateTime<Utc>,
) -> Result<Option<(StoredSession, Option<SignedIn>)>> {
    let found = match store::find(db, key, now, now - IDLE).await {
        // Nothing was done yet: a connection that Postgres closed while nobody used it is not the visitor's concern.
        Err(error) if is_lost(&error) => store::find(db, key, now, now - IDLE).await?,
        found => found?,
    };
    let Some(Found { session, used_at, person }) = found else { return Ok(None) };
    if now - used_at >= NOTED {
        store::touch(db, key, now).await?;
    }
    Ok(Some((session, person)))
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

/// The sessions of a person, the one under `key` being theirs now.
pub async fn of_person(db: &Db, user: UserId, key: &[u8], now: DateTime<Utc>) -> Result<Vec<OpenSession>> {
    store::list(db, user, key, now, now - IDLE).await
}

/// A person ends one of their other sessions; not found when it is over, or not theirs.
pub async fn end_one(app: &App, ctx: &Ctx<()>, person: &SignedIn, id: Uuid, key: &[u8]) -> Result<()> {
    let mut work = app.begin(&ctx.with(person.record())).await?;
    let ended = happened(person.user, person.user, AccountChange::SessionEnded);
    if !store::delete_one(&mut work, ended, id, key).await? {
        return Err(Error::NotFound);
    }
    work.commit().await
}

/// A person ends all their sessions but this one.
pub async fn end_others(app: &App, ctx: &Ctx<()>, person: &SignedIn, key: &[u8]) -> Result<()> {
    let mut work = app.begin(&ctx.with(person.record())).await?;
    end_others_within(&mut work, person.user, SessionsEnd::Person, key).await?;
    work.commit().await
}

/// The same, within what calls for it.
pub(super) async fn end_others_within(
    work: &mut Work<'_>,
    user: UserId,
    because: SessionsEnd,
    key: &[u8],
) -> Result<()> {
    store::delete_others(work, sessions_ended(user, because), key).await
}
