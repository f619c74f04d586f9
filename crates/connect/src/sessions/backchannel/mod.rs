//! Telling relying parties, server to server, that someone was logged out (OpenID Connect Back-Channel Logout 1.0).
//!
//! A row is written with the logout, in the same transaction; a running instance sends it afterwards, so that no one waits for a
//! relying party. A try is counted before it is made: a crash meanwhile costs a minute, never a loop.

mod destination;
mod store;
mod token;

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use iae_server::Address;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::error::Error;
use crate::events::{Event, Name};
use crate::{Connect, random};

pub(crate) use destination::Destinations;
pub(crate) use store::purge;

/// How often the queue is looked at when nothing says that it holds something.
const LOOK: Duration = Duration::from_secs(5);

/// Within this a logout token is to be read: relying parties refuse an older one.
const TOKEN_LIFETIME: TimeDelta = TimeDelta::minutes(2);

/// Tells those a session let its holder into that it ends; before it is removed.
pub(super) async fn tell_session(
    db: &mut PgConnection,
    account_id: Uuid,
    session_id: Uuid,
    now: DateTime<Utc>,
) -> Result<u64, Error> {
    let clients = store::clients_of_session(&mut *db, account_id, session_id).await?;
    tell(db, &clients, account_id, Some(session_id), now).await
}

/// Tells those a person signed in at that all their sessions end, unless they were told and the person did not come back.
pub(super) async fn tell_all(
    db: &mut PgConnection,
    account_id: Uuid,
    now: DateTime<Utc>,
) -> Result<u64, Error> {
    let clients = store::clients_of_account(&mut *db, account_id, now).await?;
    tell(db, &clients, account_id, None, now).await
}

async fn tell(
    db: &mut PgConnection,
    clients: &[String],
    account_id: Uuid,
    session_id: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<u64, Error> {
    let mut told = 0;
    for client_id in clients {
        store::insert(&mut *db, random::id(now)?, client_id, account_id, session_id, now).await?;
        told += 1;
    }
    Ok(told)
}

/// Sends what waits, again and again.
pub(crate) async fn keep_telling(connect: Connect) {
    loop {
        if let Err(error) = tell_waiting(&connect).await {
            tracing::warn!(%error, "logouts to tell relying parties wait");
        }
        // What is written meanwhile is noticed at once by this instance, a little later by the others.
        let _ = tokio::time::timeout(LOOK, connect.logouts_written().notified()).await;
    }
}

/// Sends the logout tokens whose time has come, one after the other.
async fn tell_waiting(connect: &Connect) -> Result<(), Error> {
    while let Some(waiting) = store::take(connect.db(), connect.now()).await? {
        let Some(uri) = waiting.uri else { continue };
        let subject = token::Subject {
            client: &waiting.client_id,
            account: waiting.account_id,
            session: waiting.session_id,
        };
        let key = connect.keyring().signing(connect.now()).await?;
        let token = token::sign(connect.config(), &subject, &key, connect.now())?;
        let told = connect.destinations().post(&uri, &token).await;
        let (name, detail) = match &told {
            Ok(()) => {
                store::mark_sent(connect.db(), waiting.id, connect.now()).await?;
                (Name::BackchannelLogout, None)
            }
            Err(reason) => {
                tracing::warn!(client = %waiting.client_id, reason = reason.word(), "a logout was not taken");
                (Name::BackchannelLogoutError, Some(reason.word()))
            }
        };
        let event =
            Event::new(name, Address::OF_THE_MACHINE).client(&*waiting.client_id).account(waiting.account_id);
        let event = match detail {
            Some(word) => event.detail(word),
            None => event,
        };
        event.record(&mut *connect.db().acquire().await?, connect.now()).await?;
    }
    Ok(())
}
