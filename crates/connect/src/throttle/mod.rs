//! Lockout of the login form (IDP-18, AUT-6), counted in Postgres so that it holds across instances:
//! at most 5 failures in 5 minutes for an address, 10 in a minute for an IP. Failures alone count: hundreds
//! of agents leave by one IP at nine o'clock (D25).
//!
//! For an address, a place is taken *before* the password is checked and given back when it was right: a
//! thousand simultaneous guesses get five answers, not a thousand. For an IP only what failed counts;
//! the few passwords checked at once (`iae_credentials::Passwords`) are all that may pass meanwhile.

mod store;

use chrono::{DateTime, TimeDelta, Utc};
use iae_server::Address;
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use crate::error::Error;
use crate::{random, secret};

pub(crate) use store::{fail, purge, release};

/// Failures allowed for one address…
const FAILURES_PER_EMAIL: i64 = 5;
/// … in this time.
pub(crate) const EMAIL_WINDOW: TimeDelta = TimeDelta::minutes(5);
/// Failures allowed from one IP…
const FAILURES_PER_IP: i64 = 10;
/// … in this time.
const IP_WINDOW: TimeDelta = TimeDelta::minutes(1);

/// The right to check one password, counted against the account until it is released.
pub(crate) enum Attempt {
    /// Go on; release it when the password was right, fail it otherwise.
    Allowed {
        /// The place taken.
        id: Uuid,
        /// Failing locks the account.
        is_last: bool,
    },
    /// Too many failures on this address: the password is not even looked at.
    AccountLocked,
    /// Too many failures from this IP.
    PlaceLocked {
        /// Minutes after which it is worth trying again.
        minutes: i64,
    },
}

/// Takes a place for an attempt on `email` (normalised, existing or not) from `ip`.
pub(crate) async fn begin(
    db: &PgPool,
    email: &str,
    ip: Address,
    now: DateTime<Utc>,
) -> Result<Attempt, Error> {
    let digest = secret::digest(email.as_bytes());
    let ip = ip.to_string();
    let id = random::id(now)?;
    let mut tx = db.begin().await?;
    store::lock(&mut tx, &digest, &ip).await?;
    let failures = store::count(&mut tx, &digest, now - EMAIL_WINDOW, &ip, now - IP_WINDOW).await?;
    if failures.by_ip >= FAILURES_PER_IP {
        return Ok(Attempt::PlaceLocked { minutes: IP_WINDOW.num_minutes() });
    }
    if failures.by_email >= FAILURES_PER_EMAIL {
        // Counts for the IP alone: the account is locked for five minutes, not for ever.
        store::insert(&mut tx, id, &[], &ip, now).await?;
        store::fail(&mut tx, id).await?;
        tx.commit().await?;
        return Ok(Attempt::AccountLocked);
    }
    store::insert(&mut tx, id, &digest, &ip, now).await?;
    tx.commit().await?;
    Ok(Attempt::Allowed { id, is_last: failures.by_email + 1 == FAILURES_PER_EMAIL })
}

/// Forgets the failures of an address (normalised): its holder proved it otherwise, and chose another password.
pub(crate) async fn forget(db: &mut PgConnection, email: &str) -> Result<(), Error> {
    Ok(store::forget(db, &secret::digest(email.as_bytes())).await?)
}
