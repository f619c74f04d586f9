//! Mails to holders of accounts.
//!
//! A row is written with what the mail tells of, in the same transaction; a running instance sends it afterwards, so
//! that no request waits for a mail server. A try is counted before it is made: a crash meanwhile costs some minutes,
//! never a loop.

mod store;

use std::time::Duration;

use askama::Template;
use chrono::{DateTime, TimeDelta, Utc};
use iae_mail::{Mailer, OutgoingEmail};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::accounts::Account;
use crate::error::Error;
use crate::{Connect, accounts, random};

pub(crate) use store::purge;

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

/// Says what happened and what to do. It carries no link: who sent the wrong passwords may know the address too.
#[derive(Template)]
#[template(path = "connect/emails/account_locked.txt", escape = "none")]
struct AccountLocked<'a> {
    support_email: &'a str,
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
        let Some(account) = accounts::find_active(connect.db(), waiting.account_id).await? else {
            continue;
        };
        match mail.mailer.send(&account_locked(waiting.id, account.email, &mail.support_email)?).await {
            Ok(()) => store::mark_sent(connect.db(), waiting.id, connect.now()).await?,
            Err(error) => tracing::warn!(%error, email.id = %waiting.id, "mail not sent"),
        }
    }
    Ok(())
}

fn account_locked(id: Uuid, recipient: String, support_email: &str) -> Result<OutgoingEmail, Error> {
    Ok(OutgoingEmail {
        id,
        recipient,
        reply_to: None,
        subject: "Votre compte Inclusion Connect est bloqué pour cinq minutes".to_owned(),
        text_body: AccountLocked { support_email }.render()?,
        html_body: None,
    })
}
