//! Forms that send a mail: so many an hour for an address, whoever asks, so many from one IP, whatever the address. An
//! agency signs up behind one IP in a morning; nobody needs six mails.

use chrono::{DateTime, TimeDelta, Utc};
use iae_server::Address;
use sqlx::PgPool;

use super::store;
use crate::error::Error;
use crate::{random, secret};

/// Mails one address gets…
const MAILS_PER_ADDRESS: i64 = 5;
/// … and one IP asks for…
const MAILS_PER_IP: i64 = 200;
/// … in this time.
pub(crate) const WINDOW: TimeDelta = TimeDelta::hours(1);

/// Whether a mail may be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Allowance {
    /// It may.
    Send,
    /// The address had enough of them: nothing is sent, and the page says the same.
    Silent,
    /// The IP asked for too many.
    Refused,
}

/// What the form is told, the same whether the address has an account or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    /// A mail says the rest.
    Told,
    /// The IP asked for too many.
    TooMany,
}

/// Counts one form for `email` (normalised, existing or not) from `ip`, and says what to do of it.
pub(crate) async fn allow(
    db: &PgPool,
    email: &str,
    ip: Address,
    now: DateTime<Utc>,
) -> Result<Allowance, Error> {
    let digest = secret::digest(email.as_bytes());
    let (ip, since) = (ip.to_string(), now - WINDOW);
    let mut tx = db.begin().await?;
    store::lock(&mut tx, &digest, &ip).await?;
    let asked = store::count_requests(&mut tx, &digest, &ip, since).await?;
    if asked.by_ip >= MAILS_PER_IP {
        return Ok(Allowance::Refused);
    }
    let has_enough = asked.by_email >= MAILS_PER_ADDRESS;
    // One that sends nothing counts for the IP alone: the address waits for an hour, not for ever.
    let counted: &[u8] = if has_enough { &[] } else { &digest };
    store::insert_request(&mut tx, random::id(now)?, counted, &ip, now).await?;
    tx.commit().await?;
    Ok(if has_enough { Allowance::Silent } else { Allowance::Send })
}
