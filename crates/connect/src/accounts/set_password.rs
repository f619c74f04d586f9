//! Giving an account another password: done by an operator at the command line.

use chrono::{DateTime, Utc};
use secrecy::{ExposeSecret, SecretString};
use sqlx::PgConnection;
use uuid::Uuid;

use super::policy::{self, WeakPassword};
use super::{PasswordHash, normalise, store};
use iae_server::Address;

use crate::emails::{self, News};
use crate::error::Error;
use crate::events::{Event, Name};
use crate::sessions;

/// Why the password stays as it was.
#[derive(Debug, thiserror::Error)]
pub enum SetPasswordError {
    /// Nobody has this address.
    #[error("aucun compte n’a cette adresse")]
    UnknownAccount,
    /// The password is too weak.
    #[error(transparent)]
    Weak(#[from] WeakPassword),
    /// Our failure.
    #[error(transparent)]
    Failed(#[from] Error),
}

/// Gives the account of an address another password. Whoever knew the one before is out: every session of the account
/// ends, and its codes and tokens are worth nothing any more. In the transaction of the caller, who ends there what else
/// the password opened. Returns its subject.
pub async fn set_password(
    db: &mut PgConnection,
    email: &str,
    password: SecretString,
    now: DateTime<Utc>,
) -> Result<Uuid, SetPasswordError> {
    let email = normalise(email);
    let account = store::find_by_email(&mut *db, &email).await.map_err(Error::from)?;
    let account = account.ok_or(SetPasswordError::UnknownAccount)?;
    policy::check(password.expose_secret(), account.personal())?;
    let hash = PasswordHash::new(password).await.map_err(Error::from)?;
    // First: a login that checked the password before is then over, or finds that it changed.
    store::set_password(db, account.id, &hash, now).await.map_err(Error::from)?;
    sessions::end::end_all(db, account.id, now).await?;
    let event = Event::new(Name::AdminChangePassword, Address::OF_THE_MACHINE);
    event.account(account.id).record(db, now).await?;
    emails::write(db, News::PasswordChanged(account.id), now).await?;
    Ok(account.id)
}
