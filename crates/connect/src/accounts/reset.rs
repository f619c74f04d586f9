//! A forgotten password (IDP-14): told for any address, chosen again by the link of a mail.
//!
//! The link serves for a day, once: it is bound to the password it replaces. Opening it does nothing.

mod store;

use chrono::{DateTime, TimeDelta, Utc};
use iae_server::Address;
use secrecy::{ExposeSecret as _, SecretString};
use sqlx::PgConnection;
use uuid::Uuid;

use super::link::{Link, Purpose};
use super::{Account, WeakPassword, policy};
use crate::emails::{Allowance, Asked, News};
use crate::error::Error;
use crate::events::{Event, Name};
use crate::keys::KeysSecret;
use crate::{Config, Connect, emails, endpoints, random, sessions, throttle};

pub(crate) use store::purge;

/// How long a link that its holder asked for serves (IDP-14)…
const LIFETIME: TimeDelta = TimeDelta::days(1);
/// … and one that an operator makes for them.
pub(crate) const GIVEN_LIFETIME: TimeDelta = TimeDelta::days(7);

/// A forgotten password, as its mail finds it.
pub(crate) struct Forgotten {
    pub(super) id: Uuid,
    /// Address typed.
    pub(crate) email: String,
    /// The relying party's request to resume, sealed.
    pub(crate) request: Option<String>,
    pub(super) expires_at: DateTime<Utc>,
}

/// What a link leads to.
pub(crate) enum Found {
    /// Another password may be chosen.
    Open {
        /// Of this account.
        account: Account,
        /// The relying party's request to resume, sealed.
        request: Option<String>,
    },
    /// It served, or the password changed otherwise, or too much time passed.
    Over,
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reset {
    /// The account has the password; nothing that the former one opened is left.
    Done,
    /// The password is too weak.
    Weak(WeakPassword),
    /// The link served meanwhile.
    Over,
}

impl Forgotten {
    /// The address where another is chosen, as long as the account keeps the password it has.
    pub(crate) fn link(&self, connect: &Connect, account: &Account) -> Result<String, Error> {
        link(connect.config(), connect.secret(), self.id, account)
    }
}

/// The address where another password is chosen, as long as the account keeps the one it has.
pub(crate) fn link(
    config: &Config,
    secret: &KeysSecret,
    id: Uuid,
    account: &Account,
) -> Result<String, Error> {
    let sealed = Link::new(Purpose::ResetPassword, id).bound_to(&account.password_hash).seal(secret)?;
    Ok(format!("{}?link={sealed}", config.endpoint(endpoints::RESET_PASSWORD)))
}

/// Says that the password of this address (normalised, existing or not) is forgotten.
pub(crate) async fn ask(
    connect: &Connect,
    email: &str,
    request: Option<&str>,
    ip: Address,
) -> Result<Asked, Error> {
    let now = connect.now();
    match emails::allow(connect.db(), email, ip, now).await? {
        Allowance::Refused => return Ok(Asked::TooMany),
        Allowance::Silent => return Ok(Asked::Told),
        Allowance::Send => {}
    }
    let mut tx = connect.db().begin().await?;
    write(&mut tx, email, request, now).await?;
    Event::new(Name::ForgotPassword, ip).record(&mut tx, now).await?;
    tx.commit().await?;
    connect.emails_written().notify_one();
    Ok(Asked::Told)
}

/// Writes the mail, in the transaction of the caller.
pub(crate) async fn write(
    db: &mut PgConnection,
    email: &str,
    request: Option<&str>,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let id = random::id(now)?;
    store::insert(db, id, email, request, now, now + LIFETIME).await?;
    emails::write(db, News::PasswordReset(id), now).await
}

/// The row of a link that an operator makes; gives its identifier.
pub(crate) async fn write_given(
    db: &mut PgConnection,
    email: &str,
    now: DateTime<Utc>,
) -> Result<Uuid, Error> {
    let id = random::id(now)?;
    store::insert(db, id, email, None, now, now + GIVEN_LIFETIME).await?;
    Ok(id)
}

/// What the mail tells of, while it is worth it.
pub(crate) async fn asked(connect: &Connect, id: Uuid) -> Result<Option<Forgotten>, Error> {
    let found = store::find(connect.db(), id).await?;
    Ok(found.filter(|forgotten| connect.now() < forgotten.expires_at))
}

/// What a link leads to; nothing when it is not one of ours.
pub(crate) async fn find(connect: &Connect, link: &str) -> Result<Option<Found>, Error> {
    let Some(link) = Link::open(connect.secret(), Purpose::ResetPassword, link) else { return Ok(None) };
    let Some(forgotten) = asked(connect, link.about).await? else { return Ok(Some(Found::Over)) };
    let account = super::find_by_email(connect.db(), &forgotten.email).await?;
    let account = account.filter(|account| account.active && link.is_bound_to(&account.password_hash));
    Ok(Some(match account {
        Some(account) => Found::Open { account, request: forgotten.request },
        None => Found::Over,
    }))
}

/// Gives the account the password chosen. Whoever knew the one before is out, and so is whoever locked it.
pub(crate) async fn reset(
    connect: &Connect,
    account: &Account,
    password: SecretString,
    ip: Address,
) -> Result<Reset, Error> {
    if let Err(weak) = policy::check(password.expose_secret(), account.personal()) {
        return Ok(Reset::Weak(weak));
    }
    let hash = connect.passwords().place().await?.hash(password).await?;
    let now = connect.now();
    let mut tx = connect.db().begin().await?;
    if !super::store::replace_password(&mut tx, account.id, &account.password_hash, &hash, now).await? {
        let event = Event::new(Name::ResetPasswordError, ip).account(account.id).detail("over");
        event.record(&mut tx, now).await?;
        tx.commit().await?;
        return Ok(Reset::Over);
    }
    sessions::end::end_all(&mut tx, account.id, now).await?;
    throttle::forget(&mut tx, &account.email).await?;
    emails::write(&mut tx, News::PasswordChanged(account.id), now).await?;
    Event::new(Name::ResetPassword, ip).account(account.id).record(&mut tx, now).await?;
    tx.commit().await?;
    connect.emails_written().notify_one();
    connect.logouts_written().notify_one();
    Ok(Reset::Done)
}
