//! Another address for an account (IDP-13): the new one confirms it, the former one is told, twice, and may say no.
//!
//! The account takes the new address as soon as that one confirms. The former one has three days from the request: before
//! the change it keeps the account as it is, after it it takes it back. Saying no also ends every session, the password,
//! since whoever asked knew it, and the second factors added lately, which may be theirs; it mails a link to choose another
//! password. Factors that the account had for long stay: who reads the former mailbox, an employer one left for instance, is not
//! let past them. Until then nobody else can have the former address.

mod store;

use chrono::{DateTime, TimeDelta, Utc};
use iae_server::Address;
use secrecy::SecretString;
use uuid::Uuid;

use super::link::{Link, Purpose};
use super::proof::{Proof, prove};
use super::{Account, PasswordHash, reset};
use crate::emails::{Allowance, News};
use crate::error::Error;
use crate::events::{Event, Name};
use crate::{Connect, emails, endpoints, operators, random, sessions};

pub(crate) use store::purge;

/// How long the new address may confirm.
const TO_CONFIRM: TimeDelta = TimeDelta::days(1);
/// How long the former address may say no.
const TO_CANCEL: TimeDelta = TimeDelta::days(3);
/// Second factors added this long before the change was asked for, or later, may be of whoever asked.
const FACTORS_LATELY: TimeDelta = TimeDelta::days(30);

/// A change of address.
pub(crate) struct Change {
    pub(super) id: Uuid,
    pub(super) account_id: Uuid,
    /// Address until then.
    pub(crate) former_email: String,
    /// Address asked for.
    pub(crate) new_email: String,
    pub(super) created_at: DateTime<Utc>,
    pub(super) expires_at: DateTime<Utc>,
    pub(super) confirmed_at: Option<DateTime<Utc>>,
    pub(super) cancelled_at: Option<DateTime<Utc>>,
    pub(super) reserved_until: DateTime<Utc>,
}

/// What a link leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// Something may be done by it.
    Open,
    /// It was done.
    Done,
    /// The former address said no, or it is too late.
    Over,
}

/// What became of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    /// Both addresses are told by mail, whatever is known of the new one.
    Told,
    /// The IP asked for too many mails.
    TooMany,
    /// The password is wrong.
    WrongPassword,
    /// Too many were wrong.
    Locked {
        /// Minutes after which it is worth trying again.
        minutes: i64,
    },
}

/// What became of a confirmation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Confirmed {
    /// The account has the new address.
    Done,
    /// Somebody else has it.
    Taken,
    /// It was done, undone, or waited too long.
    Over,
}

impl Change {
    /// What the link of the new address leads to.
    pub(crate) fn confirmation(&self, now: DateTime<Utc>) -> State {
        match (self.cancelled_at, self.confirmed_at) {
            (None, Some(_)) => State::Done,
            (None, None) if now < self.expires_at => State::Open,
            (Some(_), _) | (None, None) => State::Over,
        }
    }

    /// What the link of the former address leads to.
    pub(crate) fn cancellation(&self, now: DateTime<Utc>) -> State {
        match self.cancelled_at {
            Some(_) => State::Done,
            None if now < self.reserved_until => State::Open,
            None => State::Over,
        }
    }

    /// Whether the account has the new address already.
    pub(crate) fn is_done(&self) -> bool {
        self.confirmed_at.is_some()
    }

    /// The address where the new one confirms.
    pub(crate) fn link_to_confirm(&self, connect: &Connect) -> Result<String, Error> {
        self.link(connect, Purpose::ConfirmEmail, endpoints::EMAIL_CONFIRMATION)
    }

    /// The address where the former one says no.
    pub(crate) fn link_to_keep(&self, connect: &Connect) -> Result<String, Error> {
        self.link(connect, Purpose::KeepEmail, endpoints::EMAIL_CANCELLATION)
    }

    fn link(&self, connect: &Connect, purpose: Purpose, path: &str) -> Result<String, Error> {
        let sealed = Link::new(purpose, self.id).seal(connect.secret())?;
        Ok(format!("{}?link={sealed}", connect.config().endpoint(path)))
    }
}

/// Asks for another address, with the password.
pub(crate) async fn ask(
    connect: &Connect,
    account: &Account,
    new_email: &str,
    password: SecretString,
    ip: Address,
) -> Result<Asked, Error> {
    let now = connect.now();
    let event = |name| Event::new(name, ip).account(account.id);
    let whose = format!("account {}", account.id);
    match prove(connect, &whose, &account.password_hash, password, ip).await? {
        Proof::Right => {}
        Proof::Wrong => {
            let event = event(Name::EditUserInfoError).detail("wrong_password");
            event.record(&mut *connect.db().acquire().await?, now).await?;
            return Ok(Asked::WrongPassword);
        }
        Proof::Locked { minutes } => return Ok(Asked::Locked { minutes }),
    }
    match emails::allow(connect.db(), new_email, ip, now).await? {
        Allowance::Refused => return Ok(Asked::TooMany),
        Allowance::Silent => return Ok(Asked::Told),
        Allowance::Send => {}
    }
    let change = Change {
        id: random::id(now)?,
        account_id: account.id,
        former_email: account.email.clone(),
        new_email: new_email.to_owned(),
        created_at: now,
        expires_at: now + TO_CONFIRM,
        confirmed_at: None,
        cancelled_at: None,
        reserved_until: now + TO_CANCEL,
    };
    let mut tx = connect.db().begin().await?;
    store::insert(&mut tx, &change).await?;
    emails::write(&mut tx, News::EmailChangeAsked(change.id), now).await?;
    emails::write(&mut tx, News::EmailChangeToConfirm(change.id), now).await?;
    event(Name::EditUserInfo).detail("email_asked").record(&mut tx, now).await?;
    event(Name::SendVerificationEmail).record(&mut tx, now).await?;
    tx.commit().await?;
    connect.emails_written().notify_one();
    Ok(Asked::Told)
}

/// What a mail tells of, while the former address may say no.
pub(crate) async fn told(connect: &Connect, id: Uuid) -> Result<Option<Change>, Error> {
    let found = store::find(connect.db(), id).await?;
    Ok(found.filter(|change| change.cancellation(connect.now()) == State::Open))
}

/// What the link of the new address is about.
pub(crate) async fn to_confirm(connect: &Connect, link: &str) -> Result<Option<Change>, Error> {
    find(connect, Purpose::ConfirmEmail, link).await
}

/// What the link of the former address is about.
pub(crate) async fn to_keep(connect: &Connect, link: &str) -> Result<Option<Change>, Error> {
    find(connect, Purpose::KeepEmail, link).await
}

async fn find(connect: &Connect, purpose: Purpose, link: &str) -> Result<Option<Change>, Error> {
    let Some(link) = Link::open(connect.secret(), purpose, link) else { return Ok(None) };
    Ok(store::find(connect.db(), link.about).await?)
}

/// Gives the account its new address.
pub(crate) async fn confirm(connect: &Connect, change: &Change, ip: Address) -> Result<Confirmed, Error> {
    let now = connect.now();
    let mut tx = connect.db().begin().await?;
    let confirmed = if !store::confirm(&mut tx, change.id, now).await? {
        Confirmed::Over
    } else if store::is_taken(&mut tx, change, now).await? {
        Confirmed::Taken
    } else {
        store::move_to(&mut tx, change, now).await?
    };
    let event = |name| Event::new(name, ip).account(change.account_id);
    if confirmed != Confirmed::Done {
        tx.rollback().await?;
        let detail = if confirmed == Confirmed::Taken { "taken" } else { "over" };
        let event = event(Name::ConfirmEmailAddressError).detail(detail);
        event.record(&mut *connect.db().acquire().await?, now).await?;
        return Ok(confirmed);
    }
    emails::write(&mut tx, News::EmailChanged(change.id), now).await?;
    event(Name::ConfirmEmailAddress).record(&mut tx, now).await?;
    event(Name::EditUserInfo).detail("email").record(&mut tx, now).await?;
    tx.commit().await?;
    connect.emails_written().notify_one();
    Ok(Confirmed::Done)
}

/// The former address keeps the account, or takes it back; tells whether it did.
pub(crate) async fn cancel(connect: &Connect, change: &Change, ip: Address) -> Result<bool, Error> {
    // Known to nobody: the password of before is not to open the account any more, and none is chosen yet.
    let nobody_knows = SecretString::from(random::token()?.reveal());
    let hash: PasswordHash = connect.passwords().place().await?.hash(nobody_knows).await?;
    let now = connect.now();
    let mut tx = connect.db().begin().await?;
    let Some(was_done) = store::cancel(&mut tx, change.id, now).await? else { return Ok(false) };
    if was_done {
        store::move_back(&mut tx, change.account_id, &change.former_email, now).await?;
    }
    super::store::set_password(&mut tx, change.account_id, &hash, now).await?;
    store::remove_factors(&mut tx, change.account_id, change.created_at - FACTORS_LATELY).await?;
    operators::unmake_without_factor(&mut tx, change.account_id, ip, now).await?;
    sessions::end::end_all(&mut tx, change.account_id, now).await?;
    let event = Event::new(Name::EditUserInfo, ip).account(change.account_id);
    event.detail("email_cancelled").record(&mut tx, now).await?;
    reset::write(&mut tx, &change.former_email, None, now).await?;
    tx.commit().await?;
    connect.emails_written().notify_one();
    connect.logouts_written().notify_one();
    Ok(true)
}
