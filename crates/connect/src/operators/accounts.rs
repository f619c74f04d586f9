//! Acts on an account. Each looks at it under its lock: of two operators at once, the second finds what the first did.

use chrono::{DateTime, Utc};
use iae_server::Address;
use secrecy::SecretString;
use sqlx::PgConnection;
use uuid::Uuid;

use super::{Operator, OperatorError, queries};
use crate::accounts::names::name;
use crate::accounts::store::{self, Opened};
use crate::accounts::{self, Account, PasswordHash, reset};
use crate::emails::{self, News};
use crate::error::Error;
use crate::events::{Event, Name};
use crate::keys::KeysSecret;
use crate::{Config, factors, random, sessions};

/// Somebody an account is opened for.
#[derive(Clone, Copy, Debug)]
pub struct NewHolder<'a> {
    /// Address, as typed.
    pub email: &'a str,
    /// First name, as typed.
    pub given_name: &'a str,
    /// Last name, as typed.
    pub family_name: &'a str,
}

/// Opens an account without a password, and mails a link to choose one, which serves for seven days. Whoever follows it proves the
/// address: until then nobody gets in. Gives the subject.
pub async fn create_account(
    db: &mut PgConnection,
    holder: NewHolder<'_>,
    by: Operator,
    now: DateTime<Utc>,
) -> Result<Uuid, OperatorError> {
    let email = accounts::address(holder.email).ok_or(OperatorError::InvalidAddress)?;
    let given_name = name(holder.given_name).ok_or(OperatorError::InvalidName)?;
    let family_name = name(holder.family_name).ok_or(OperatorError::InvalidName)?;
    let id = random::id(now)?;
    let opened = Opened {
        id,
        email: &email,
        given_name: &given_name,
        family_name: &family_name,
        password_hash: &known_to_nobody().await?,
        terms_accepted_at: None,
    };
    if !store::open(db, &opened, now).await? {
        return Err(OperatorError::AddressTaken);
    }
    Event::new(Name::AdminAdd, by.ip).by(by).account(id).detail("account").record(db, now).await?;
    let given = reset::write_given(db, &email, now).await?;
    emails::write(db, News::AccountCreated(given), now).await?;
    Ok(id)
}

/// Closes an account: no login, no token, no claim any more.
pub async fn close_account(
    db: &mut PgConnection,
    id: Uuid,
    by: Operator,
    now: DateTime<Utc>,
) -> Result<(), OperatorError> {
    held(db, id, by).await?;
    if !queries::set_active(db, id, false, now).await? {
        return Err(OperatorError::AlreadyDone);
    }
    sessions::end::end_all(db, id, now).await?;
    changed(db, id, by, "closed", now).await
}

/// Opens it again, with the password and the second factors that it had.
pub async fn reopen_account(
    db: &mut PgConnection,
    id: Uuid,
    by: Operator,
    now: DateTime<Utc>,
) -> Result<(), OperatorError> {
    held(db, id, by).await?;
    if !queries::set_active(db, id, true, now).await? {
        return Err(OperatorError::AlreadyDone);
    }
    changed(db, id, by, "reopened", now).await
}

/// Mails the holder of an account a link to choose another password, as if they had asked for it.
pub async fn send_reset_link(
    db: &mut PgConnection,
    id: Uuid,
    by: Operator,
    now: DateTime<Utc>,
) -> Result<(), OperatorError> {
    let account = open(db, id, by).await?;
    reset::write(db, &account.email, None, now).await?;
    let event = Event::new(Name::AdminChangePassword, by.ip).by(by).account(id).detail("reset_link");
    Ok(event.record(db, now).await?)
}

/// Makes such a link to be handed over otherwise, for seven days (IDP-14): at the command line only, whoever has it enters the account.
pub async fn reset_link(
    db: &mut PgConnection,
    config: &Config,
    secret: &KeysSecret,
    id: Uuid,
    now: DateTime<Utc>,
) -> Result<String, OperatorError> {
    let by = Operator::AT_THE_COMMAND_LINE;
    let account = open(db, id, by).await?;
    let given = reset::write_given(db, &account.email, now).await?;
    let event = Event::new(Name::AdminChangePassword, by.ip).account(id).detail("reset_link_copied");
    event.record(db, now).await?;
    Ok(reset::link(config, secret, given, &account)?)
}

/// Makes the password of an account worth nothing, ends its sessions, and mails its holder a link to choose another: it leaked, or
/// somebody else knows it.
pub async fn void_password(
    db: &mut PgConnection,
    id: Uuid,
    by: Operator,
    now: DateTime<Utc>,
) -> Result<(), OperatorError> {
    // Made before the account is held: it takes a moment.
    let hash = known_to_nobody().await?;
    let account = open(db, id, by).await?;
    store::set_password(db, id, &hash, now).await?;
    sessions::end::end_all(db, id, now).await?;
    reset::write(db, &account.email, None, now).await?;
    let event = Event::new(Name::AdminChangePassword, by.ip).by(by).account(id).detail("password_voided");
    Ok(event.record(db, now).await?)
}

/// Lets the holder of an account look after others, or no more: at the command line only. They have a second factor already: whoever
/// knows their password alone would add their own.
pub async fn make_operator(
    db: &mut PgConnection,
    id: Uuid,
    is_operator: bool,
    now: DateTime<Utc>,
) -> Result<(), OperatorError> {
    let by = Operator::AT_THE_COMMAND_LINE;
    open(db, id, by).await?;
    if is_operator && !factors::exist(db, id).await? {
        return Err(OperatorError::NoSecondFactor);
    }
    if !queries::set_operator(db, id, is_operator, now).await? {
        return Err(OperatorError::AlreadyDone);
    }
    // What a session opened before could do was decided without it.
    sessions::end::end_all(db, id, now).await?;
    changed(db, id, by, if is_operator { "operator_made" } else { "operator_unmade" }, now).await
}

/// Takes the right away from an account that is left without a second factor, for the same reason; whoever removed the last one.
pub(crate) async fn unmake_without_factor(
    db: &mut PgConnection,
    id: Uuid,
    ip: Address,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    if queries::unmake_without_factor(db, id, now).await? {
        let event = Event::new(Name::AdminChange, ip).account(id).detail("operator_unmade");
        event.record(db, now).await?;
    }
    Ok(())
}

/// The account, kept as it is until the transaction ends, when this operator may act on it.
pub(super) async fn held(db: &mut PgConnection, id: Uuid, by: Operator) -> Result<Account, OperatorError> {
    let account = queries::lock_account(db, id).await?.ok_or(OperatorError::UnknownAccount)?;
    if account.is_operator && !by.is_at_the_command_line() {
        return Err(OperatorError::OfAnOperator);
    }
    Ok(account)
}

/// The same, when it is open.
async fn open(db: &mut PgConnection, id: Uuid, by: Operator) -> Result<Account, OperatorError> {
    let account = held(db, id, by).await?;
    if account.active { Ok(account) } else { Err(OperatorError::AlreadyDone) }
}

/// Writes the line of the trail.
pub(super) async fn changed(
    db: &mut PgConnection,
    id: Uuid,
    by: Operator,
    what: &'static str,
    now: DateTime<Utc>,
) -> Result<(), OperatorError> {
    Ok(Event::new(Name::AdminChange, by.ip).by(by).account(id).detail(what).record(db, now).await?)
}

/// The hash of a password that was drawn and forgotten.
async fn known_to_nobody() -> Result<PasswordHash, Error> {
    Ok(PasswordHash::new(SecretString::from(random::token()?.reveal())).await?)
}
