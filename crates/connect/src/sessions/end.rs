//! Ending sessions: what they gave is taken back, and the relying parties they let someone into are told.
//!
//! What is told is written in the transaction of the caller, and sent afterwards by a running instance
//! ([`super::backchannel`]).

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use super::{backchannel, store};
use crate::error::Error;
use crate::grants;

/// Ends one session of an account, with its codes and tokens; tells whether it was there.
pub(crate) async fn end_one(
    db: &mut PgConnection,
    account_id: Uuid,
    session_id: Uuid,
    now: DateTime<Utc>,
) -> Result<bool, Error> {
    backchannel::tell_session(db, account_id, session_id, now).await?;
    grants::revoke_all_of_session(db, account_id, session_id).await?;
    Ok(store::delete(db, session_id, account_id).await?)
}

/// Ends every session of an account but one, with their codes and tokens; tells how many.
pub(crate) async fn end_others(
    db: &mut PgConnection,
    account_id: Uuid,
    kept: Uuid,
    now: DateTime<Utc>,
) -> Result<u64, Error> {
    let mut ended = 0;
    for session_id in store::find_open(&mut *db, account_id, now).await? {
        if session_id != kept {
            ended += u64::from(end_one(db, account_id, session_id, now).await?);
        }
    }
    Ok(ended)
}

/// Ends the sessions of an account that a factor opened, but the one that asks: whoever holds what was lost is out.
pub(crate) async fn end_opened_with(
    db: &mut PgConnection,
    account_id: Uuid,
    factor_id: Uuid,
    kept: Uuid,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    for session_id in store::find_opened_with(&mut *db, account_id, factor_id, now).await? {
        if session_id != kept {
            end_one(db, account_id, session_id, now).await?;
        }
    }
    Ok(())
}

/// Ends every session of an account, in all browsers, with every code and token; tells how much there was to end.
pub(crate) async fn end_all(
    db: &mut PgConnection,
    account_id: Uuid,
    now: DateTime<Utc>,
) -> Result<u64, Error> {
    let told = backchannel::tell_all(db, account_id, now).await?;
    let sessions = store::delete_all_of(db, account_id).await?;
    let codes = grants::revoke_all_of(db, account_id).await?;
    Ok(told + sessions + codes)
}
