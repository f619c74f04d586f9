//! Opening an account (IDP-11, IDP-12): asked for with a form, made once the address is proved.
//!
//! The form says the same whether the address has an account or not, and does the same work: a row, a mail, a hash. The
//! mail tells the rest. Whoever asks knows a password; whoever proves the address is to be the same person: where the link
//! opens in another browser, the password is asked again, so that nobody opens with their own password the account of
//! an address that is not theirs.

mod store;

use chrono::{DateTime, TimeDelta, Utc};
use iae_server::Address;
use secrecy::{ExposeSecret as _, SecretString};
use subtle::ConstantTimeEq as _;
use uuid::Uuid;

use super::link::{Link, Purpose};
use super::proof::{Proof, prove};
use super::{PasswordHash, Personal, WeakPassword, policy};
use crate::emails::{Allowance, Asked, News};
use crate::error::Error;
use crate::events::{Event, Name};
use crate::{Connect, emails, endpoints, random};

pub(crate) use store::purge;

/// How long a link serves (IDP-12).
const LIFETIME: TimeDelta = TimeDelta::days(1);

/// What a person typed.
pub(crate) struct SignUp<'a> {
    /// Who they are; the address is normalised.
    pub(crate) person: Personal<'a>,
    /// Password they chose, already found strong enough.
    pub(crate) password: SecretString,
    /// Digest of the cookie of their browser.
    pub(crate) browser: &'a [u8],
    /// The relying party's request they answer, sealed.
    pub(crate) request: Option<&'a str>,
    /// Where they are.
    pub(crate) ip: Address,
}

/// An account asked for, as its link finds it.
pub(crate) struct Waiting {
    pub(super) id: Uuid,
    /// Address to be proved.
    pub(crate) email: String,
    /// First name.
    pub(crate) given_name: String,
    /// Last name.
    pub(crate) family_name: String,
    pub(super) password_hash: PasswordHash,
    pub(super) browser_hash: Vec<u8>,
    /// The relying party's request to resume, sealed.
    pub(crate) request: Option<String>,
    pub(super) created_at: DateTime<Utc>,
    pub(super) expires_at: DateTime<Utc>,
    pub(super) confirmed_at: Option<DateTime<Utc>>,
}

/// What a link leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// The account may be opened.
    Open,
    /// It was.
    Confirmed,
    /// The link waited for too long.
    Expired,
}

/// What became of a confirmation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Confirmed {
    /// The account is open.
    Opened {
        /// Its subject.
        account_id: Uuid,
    },
    /// The password is not the one of the sign-up.
    WrongPassword,
    /// Too many were wrong.
    Locked {
        /// Minutes after which it is worth trying again.
        minutes: i64,
    },
    /// Someone has the address, or left it lately.
    Taken,
    /// Somebody was faster, or the link served too long.
    Over,
}

impl Waiting {
    /// What its link leads to now.
    pub(crate) fn state(&self, now: DateTime<Utc>) -> State {
        match self.confirmed_at {
            Some(_) => State::Confirmed,
            None if now < self.expires_at => State::Open,
            None => State::Expired,
        }
    }

    /// Whether the browser of this digest is the one that asked.
    pub(crate) fn was_asked_in(&self, browser: Option<&[u8]>) -> bool {
        browser.is_some_and(|browser| browser.ct_eq(&self.browser_hash).into())
    }

    /// The address that proves it.
    pub(crate) fn link(&self, connect: &Connect) -> Result<String, Error> {
        let sealed = Link::new(Purpose::ConfirmSignUp, self.id).seal(connect.secret())?;
        Ok(format!("{}?link={sealed}", connect.config().endpoint(endpoints::CONFIRM_EMAIL)))
    }
}

/// Whether the password is strong enough for who signs up.
pub(crate) fn check_password(password: &SecretString, person: Personal<'_>) -> Result<(), WeakPassword> {
    policy::check(password.expose_secret(), person)
}

/// Asks for an account.
pub(crate) async fn ask(connect: &Connect, command: SignUp<'_>) -> Result<Asked, Error> {
    let now = connect.now();
    let SignUp { person, password, browser, request, ip } = command;
    let place = connect.passwords().place().await?;
    match emails::allow(connect.db(), person.email, ip, now).await? {
        Allowance::Refused => {
            Event::new(Name::RegisterError, ip).detail("too_many").record_once(connect).await?;
            return Ok(Asked::TooMany);
        }
        Allowance::Silent => return Ok(Asked::Told),
        Allowance::Send => {}
    }
    let hash = place.hash(password).await?;
    let new = store::NewSignUp {
        id: random::id(now)?,
        person,
        password_hash: &hash,
        browser_hash: browser,
        request,
        created_at: now,
        expires_at: now + LIFETIME,
    };
    let mut tx = connect.db().begin().await?;
    store::insert(&mut tx, &new).await?;
    emails::write(&mut tx, News::SignUp(new.id), now).await?;
    Event::new(Name::Register, ip).record(&mut tx, now).await?;
    Event::new(Name::SendVerificationEmail, ip).record(&mut tx, now).await?;
    tx.commit().await?;
    connect.emails_written().notify_one();
    Ok(Asked::Told)
}

/// Sends the link again, for another day.
pub(crate) async fn ask_again(connect: &Connect, waiting: &Waiting, ip: Address) -> Result<Asked, Error> {
    let now = connect.now();
    match emails::allow(connect.db(), &waiting.email, ip, now).await? {
        Allowance::Refused => return Ok(Asked::TooMany),
        Allowance::Silent => return Ok(Asked::Told),
        Allowance::Send => {}
    }
    let mut tx = connect.db().begin().await?;
    if store::prolong(&mut tx, waiting.id, now + LIFETIME).await? {
        emails::write(&mut tx, News::SignUp(waiting.id), now).await?;
        Event::new(Name::SendVerificationEmail, ip).record(&mut tx, now).await?;
    }
    tx.commit().await?;
    connect.emails_written().notify_one();
    Ok(Asked::Told)
}

/// What a link is about, when it is one of ours and still known.
pub(crate) async fn find(connect: &Connect, link: &str) -> Result<Option<Waiting>, Error> {
    let Some(link) = Link::open(connect.secret(), Purpose::ConfirmSignUp, link) else { return Ok(None) };
    Ok(store::find(connect.db(), link.about).await?)
}

/// A sign-up that may still be confirmed, for its mail.
pub(crate) async fn waiting(connect: &Connect, id: Uuid) -> Result<Option<Waiting>, Error> {
    let found = store::find(connect.db(), id).await?;
    Ok(found.filter(|waiting| waiting.state(connect.now()) == State::Open))
}

/// Opens the account. In the browser that asked, the link is enough; in another, the password is asked.
pub(crate) async fn confirm(
    connect: &Connect,
    waiting: &Waiting,
    browser: Option<&[u8]>,
    password: SecretString,
    ip: Address,
) -> Result<Confirmed, Error> {
    let now = connect.now();
    if !waiting.was_asked_in(browser) {
        let whose = format!("sign-up {}", waiting.id);
        let detail = match prove(connect, &whose, &waiting.password_hash, password, ip).await? {
            Proof::Right => None,
            Proof::Wrong => Some(("wrong_password", Confirmed::WrongPassword)),
            Proof::Locked { minutes } => Some(("locked", Confirmed::Locked { minutes })),
        };
        if let Some((detail, refused)) = detail {
            let event = Event::new(Name::ConfirmEmailAddressError, ip).detail(detail);
            event.record(&mut *connect.db().acquire().await?, now).await?;
            return Ok(refused);
        }
    }
    let account_id = random::id(now)?;
    let mut tx = connect.db().begin().await?;
    // Of several for one address, confirmed together, each waits for the one before.
    store::lock_all_of(&mut tx, &waiting.email).await?;
    if !store::confirm(&mut tx, waiting.id, now).await? {
        return Ok(Confirmed::Over);
    }
    let opened = super::store::Opened {
        id: account_id,
        email: &waiting.email,
        given_name: &waiting.given_name,
        family_name: &waiting.family_name,
        password_hash: &waiting.password_hash,
        terms_accepted_at: Some(waiting.created_at),
    };
    if !super::store::open(&mut tx, &opened, now).await? {
        tx.rollback().await?;
        let event = Event::new(Name::ConfirmEmailAddressError, ip).detail("taken");
        event.record(&mut *connect.db().acquire().await?, now).await?;
        return Ok(Confirmed::Taken);
    }
    store::forget_others(&mut tx, waiting.id, &waiting.email).await?;
    Event::new(Name::AcceptTerms, ip).account(account_id).record(&mut tx, now).await?;
    Event::new(Name::ConfirmEmailAddress, ip).account(account_id).record(&mut tx, now).await?;
    tx.commit().await?;
    Ok(Confirmed::Opened { account_id })
}
