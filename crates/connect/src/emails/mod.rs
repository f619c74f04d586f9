//! Mails to holders of accounts, and to those who ask for one.
//!
//! A row is written with what the mail tells of, in the same transaction; a running instance sends it afterwards, so
//! that no request waits for a mail server. A try is counted before it is made: a crash meanwhile costs some minutes,
//! never a loop. What depends on whether an address has an account is decided then, not when the form is answered: the
//! answer is the same, in words and in time, because the work is.

mod limits;
mod store;
mod texts;

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use iae_mail::Mailer;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::accounts::Account;
use crate::error::Error;
use crate::{Connect, random};

pub(crate) use limits::{Allowance, Asked, WINDOW, allow};
pub(crate) use store::{purge, purge_requests};

/// How mails leave, and whom their readers may write to.
#[derive(Clone, Debug)]
pub struct Mail {
    /// The way out.
    pub mailer: Mailer,
    /// Mailbox of the team.
    pub support_email: String,
}

/// At most one mail in this time says that an account is locked (D25).
const LOCKED_AT_MOST: TimeDelta = TimeDelta::days(1);

/// How often the queue is looked at when nothing says that it holds something.
const LOOK: Duration = Duration::from_mins(1);

/// What a mail tells, and the row it tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum News {
    /// Too many wrong passwords: the account is locked for some minutes.
    AccountLocked(Uuid),
    /// An account was asked for at this address, which may have one.
    SignUp(Uuid),
    /// A password was said to be forgotten at this address, which may have no account.
    PasswordReset(Uuid),
    /// The account has another password.
    PasswordChanged(Uuid),
    /// To the address of the account: another is asked for.
    EmailChangeAsked(Uuid),
    /// To that other address: it is to be confirmed.
    EmailChangeToConfirm(Uuid),
    /// To the former address: the account has another.
    EmailChanged(Uuid),
    /// A backup code opened the account.
    BackupCodeUsed(Uuid),
    /// An operator opened an account: its holder chooses a password by this link.
    AccountCreated(Uuid),
    /// A second factor was added to the account.
    FactorAdded(Uuid),
    /// A second factor of the account, or all of them, were removed.
    FactorRemoved(Uuid),
    /// The backup codes of the account are others.
    BackupCodesRenewed(Uuid),
    /// The person is called otherwise.
    NamesChanged(Uuid),
}

/// Writes a mail, in the transaction of what it tells. Once that is committed, `emails_written` tells the sender.
pub(crate) async fn write(db: &mut PgConnection, news: News, now: DateTime<Utc>) -> Result<(), Error> {
    Ok(store::insert(db, random::id(now)?, news, now).await?)
}

/// Tells the holder of an account, once a day at most, that it is locked for some minutes.
pub(crate) async fn tell_locked(
    db: &mut PgConnection,
    account: &Account,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    Ok(store::insert_locked(db, random::id(now)?, account.id, now, now - LOCKED_AT_MOST).await?)
}

/// Sends what waits, again and again. Without a way out nothing is sent, and nothing is lost.
pub(crate) async fn keep_sending(connect: Connect) {
    loop {
        if let Err(error) = send_waiting(&connect).await {
            tracing::warn!(%error, "mails of the provider wait");
        }
        // What is written meanwhile is noticed at once by this instance, a little later by the others.
        let _ = tokio::time::timeout(LOOK, connect.emails_written().notified()).await;
    }
}

/// Sends the mails whose time has come, one after the other.
async fn send_waiting(connect: &Connect) -> Result<(), Error> {
    let Some(mail) = &connect.config().mail else { return Ok(()) };
    while let Some(waiting) = store::take(connect.db(), connect.now()).await? {
        let Some(letter) = texts::letter(connect, waiting.news()?, &mail.support_email).await? else {
            continue;
        };
        match mail.mailer.send(&letter.addressed(waiting.id)).await {
            Ok(()) => store::mark_sent(connect.db(), waiting.id, connect.now()).await?,
            Err(error) => tracing::warn!(%error, email.id = %waiting.id, "mail not sent"),
        }
    }
    Ok(())
}
