//! Removing a second factor. The one that opened the session is removed with the password only (AUT-24): a browser left open, or a
//! cookie that was taken, is not enough. Sessions elsewhere that it opened end with it, and with the last one go the backup codes,
//! which stand in for nothing any more.

use iae_server::Address;
use secrecy::SecretString;
use uuid::Uuid;

use super::add::may_change;
use super::{Kind, store};
use crate::Connect;
use crate::accounts::{Account, Proof, prove};
use crate::emails::{self, News};
use crate::error::Error;
use crate::events::{Event, Name};
use crate::operators;
use crate::sessions::cookie::PresentedSession;
use crate::sessions::end;

/// What is to be removed.
#[derive(Clone, Copy)]
pub(crate) struct Removal<'a> {
    /// Of whom.
    pub(crate) account: &'a Account,
    /// What it is.
    pub(crate) kind: Kind,
    /// Which.
    pub(crate) id: Uuid,
    /// Where they are.
    pub(crate) ip: Address,
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Removed {
    /// It serves no more.
    Done,
    /// It is not there, or may not be changed in this session.
    Unknown,
    /// It opened this session: the password is asked, and was not given.
    PasswordAsked,
    /// The password is wrong.
    WrongPassword,
    /// Too many were wrong.
    Locked {
        /// Minutes after which it is worth trying again.
        minutes: i64,
    },
}

/// Removes it.
pub(crate) async fn remove(
    connect: &Connect,
    presented: &PresentedSession,
    removal: Removal<'_>,
    password: Option<SecretString>,
) -> Result<Removed, Error> {
    let Removal { account, kind, id, ip } = removal;
    let session = presented.find(connect).await?;
    let opened_here = session.is_some_and(|session| session.factor_id == Some(id));
    if opened_here {
        let Some(password) = password else { return Ok(Removed::PasswordAsked) };
        let whose = format!("account {}", account.id);
        match prove(connect, &whose, &account.password_hash, password, ip).await? {
            Proof::Right => {}
            Proof::Wrong => return Ok(Removed::WrongPassword),
            Proof::Locked { minutes } => return Ok(Removed::Locked { minutes }),
        }
    }
    let now = connect.now();
    let mut tx = connect.db().begin().await?;
    let Some(session) = may_change(connect, &mut tx, presented, account.id).await? else {
        return Ok(Removed::Unknown);
    };
    if session.factor_id == Some(id) && !opened_here {
        // It was shown in this session meanwhile.
        return Ok(Removed::PasswordAsked);
    }
    let (removed, name) = match kind {
        Kind::Application => (store::delete_device(&mut tx, account.id, id).await?, Name::DeleteOtpDevice),
        Kind::Passkey => (store::delete_passkey(&mut tx, account.id, id).await?, Name::DeletePasskey),
    };
    if !removed {
        return Ok(Removed::Unknown);
    }
    if !store::exist(&mut *tx, account.id).await? {
        store::delete_backup_codes(&mut tx, account.id).await?;
        operators::unmake_without_factor(&mut tx, account.id, ip, now).await?;
    }
    end::end_opened_with(&mut tx, account.id, id, session.id, now).await?;
    Event::new(name, ip).account(account.id).record(&mut tx, now).await?;
    emails::write(&mut tx, News::FactorRemoved(account.id), now).await?;
    tx.commit().await?;
    connect.emails_written().notify_one();
    connect.logouts_written().notify_one();
    Ok(Removed::Done)
}
