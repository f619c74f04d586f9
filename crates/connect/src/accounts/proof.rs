//! A password asked again where somebody is known already: before a change, or where a link opens in another browser.

use iae_server::Address;
use secrecy::SecretString;

use super::PasswordHash;
use crate::Connect;
use crate::error::Error;
use crate::throttle::{self, Attempt};

/// What the password proves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Proof {
    /// It is the right one.
    Right,
    /// It is not.
    Wrong,
    /// Too many were wrong: it was not looked at.
    Locked {
        /// Minutes after which it is worth trying again.
        minutes: i64,
    },
}

/// Checks a password against a hash. Failures count against `whose`, which names the account, or the sign-up, and not its
/// address: strangers who fail at the login page lock nobody out of what they have open (D25).
pub(crate) async fn prove(
    connect: &Connect,
    whose: &str,
    hash: &PasswordHash,
    password: SecretString,
    ip: Address,
) -> Result<Proof, Error> {
    let place = connect.passwords().place().await?;
    let attempt = match throttle::begin(connect.db(), whose, ip, connect.now()).await? {
        Attempt::Allowed { id, .. } => id,
        Attempt::AccountLocked => {
            return Ok(Proof::Locked { minutes: throttle::EMAIL_WINDOW.num_minutes() });
        }
        Attempt::PlaceLocked { minutes } => return Ok(Proof::Locked { minutes }),
    };
    let right = place.check(password, Some(hash.clone())).await?;
    let mut db = connect.db().acquire().await?;
    if right {
        throttle::release(&mut db, attempt).await?;
        return Ok(Proof::Right);
    }
    throttle::fail(&mut db, attempt).await?;
    Ok(Proof::Wrong)
}
