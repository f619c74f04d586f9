//! Lockout of the login form (IDP-18, AUT-6), counted in Postgres so that it holds across instances:
//! at most 5 failures in 5 minutes for an address, 10 in a minute for an IP.
//!
//! A place is taken *before* the password is checked and given back when it was right: a thousand
//! simultaneous guesses get five answers, not a thousand.

mod store;

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::PgPool;
use uuid::Uuid;

use crate::client_ip::ClientIp;
use crate::error::Error;
use crate::{random, secret};

pub(crate) use store::{purge, release};

/// Failures allowed for one address…
const FAILURES_PER_EMAIL: i64 = 5;
/// … in this time.
pub(crate) const EMAIL_WINDOW: TimeDelta = TimeDelta::minutes(5);
/// Failures allowed from one IP…
const FAILURES_PER_IP: i64 = 10;
/// … in this time.
const IP_WINDOW: TimeDelta = TimeDelta::minutes(1);

/// The right to check one password, counted as a failure until it is released.
pub(crate) enum Attempt {
    /// Go on; release it when the password was right.
    Allowed(Uuid),
    /// Too many failures: the password is not even looked at.
    Refused {
        /// Minutes after which it is worth trying again.
        minutes: i64,
    },
}

/// Takes a place for an attempt on `email` (normalised, existing or not) from `ip`.
pub(crate) async fn begin(
    db: &PgPool,
    email: &str,
    ip: ClientIp,
    now: DateTime<Utc>,
) -> Result<Attempt, Error> {
    let digest = secret::digest(email.as_bytes());
    let ip = ip.to_string();
    let mut tx = db.begin().await?;
    store::lock(&mut tx, &digest, &ip).await?;
    let failures = store::count(&mut tx, &digest, now - EMAIL_WINDOW, &ip, now - IP_WINDOW).await?;
    if failures.by_email >= FAILURES_PER_EMAIL {
        return Ok(Attempt::Refused { minutes: EMAIL_WINDOW.num_minutes() });
    }
    if failures.by_ip >= FAILURES_PER_IP {
        return Ok(Attempt::Refused { minutes: IP_WINDOW.num_minutes() });
    }
    let id = random::id(now)?;
    store::insert(&mut tx, id, &digest, &ip, now).await?;
    tx.commit().await?;
    Ok(Attempt::Allowed(id))
}
