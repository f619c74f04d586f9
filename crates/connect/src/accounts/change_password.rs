//! Another password, chosen by who knows the one before (IDP-15), or has to because it is too weak (IDP-16).

use iae_server::Address;
use secrecy::{ExposeSecret as _, SecretString};

use super::proof::{Proof, prove};
use super::{Account, WeakPassword, policy, store};
use crate::emails::News;
use crate::error::Error;
use crate::events::{Event, Name};
use crate::sessions::{self, Session};
use crate::{Connect, emails};

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Changed {
    /// The account has the new password; sessions elsewhere are over.
    Done,
    /// The password of before is wrong.
    WrongPassword,
    /// Too many were wrong.
    Locked {
        /// Minutes after which it is worth trying again.
        minutes: i64,
    },
    /// The new one is the one before.
    Same,
    /// The new one is too weak.
    Weak(WeakPassword),
    /// Another was given meanwhile.
    Over,
}

/// Gives the account the password `new`. Every other session ends: whoever else knew the one before is out.
pub(crate) async fn change_password(
    connect: &Connect,
    account: &Account,
    session: &Session,
    current: SecretString,
    new: SecretString,
    ip: Address,
) -> Result<Changed, Error> {
    let is_same = current.expose_secret() == new.expose_secret();
    let whose = format!("account {}", account.id);
    let event = |name| Event::new(name, ip).account(account.id);
    match prove(connect, &whose, &account.password_hash, current, ip).await? {
        Proof::Right => {}
        Proof::Wrong => {
            let event = event(Name::ChangePasswordError).detail("wrong_password");
            event.record(&mut *connect.db().acquire().await?, connect.now()).await?;
            return Ok(Changed::WrongPassword);
        }
        Proof::Locked { minutes } => return Ok(Changed::Locked { minutes }),
    }
    if is_same {
        return Ok(Changed::Same);
    }
    if let Err(weak) = policy::check(new.expose_secret(), account.personal()) {
        return Ok(Changed::Weak(weak));
    }
    let hash = connect.passwords().place().await?.hash(new).await?;
    let now = connect.now();
    let mut tx = connect.db().begin().await?;
    let was_weak =
        store::due(&mut *tx, account.id).await?.is_some_and(|due| due.weak_password_since.is_some());
    if !store::replace_password(&mut tx, account.id, &account.password_hash, &hash, now).await? {
        return Ok(Changed::Over);
    }
    sessions::end::end_others(&mut tx, account.id, session.id, now).await?;
    emails::write(&mut tx, News::PasswordChanged(account.id), now).await?;
    let name = if was_weak { Name::ChangeWeakPassword } else { Name::ChangePassword };
    event(name).record(&mut tx, now).await?;
    tx.commit().await?;
    connect.emails_written().notify_one();
    connect.logouts_written().notify_one();
    Ok(Changed::Done)
}
