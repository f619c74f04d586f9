//! Somebody who is signed in chooses another password (AUT-5).

use iae_domain::accounts::{
    AccountChange, LetterKind, LockedOut, Personal, SessionsEnd, WeakPassword, check_password, happened,
    sessions_ended,
};
use secrecy::{ExposeSecret as _, SecretString};

use super::log_in::check_own;
use super::store;
use crate::accounts::store::delete_sessions;
use crate::accounts::{SignedIn, letters, profile};
use crate::budgets::Visitor;
use crate::error::{Error, Result};
use crate::{App, Ctx, Failure};

/// Why the password stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ChangePasswordRefused {
    /// The current password is not the right one.
    #[error("the current password is wrong")]
    Wrong,
    /// Too many wrong ones were typed: none is looked at for some minutes.
    #[error("too many wrong passwords")]
    TooMany,
    /// The new one is too weak.
    #[error(transparent)]
    Weak(#[from] WeakPassword),
}

/// Replaces the password: every session ends, that of this browser included, which opens another; so do links that choose a
/// password. The holder is told by mail. Not found for who has none here.
pub async fn change_password(
    app: &App,
    ctx: &Ctx<()>,
    person: &SignedIn,
    current: SecretString,
    new: SecretString,
    visitor: &Visitor,
) -> Result<(), Failure<ChangePasswordRefused>> {
    let user = person.user;
    let known = profile::find(&app.db, user).await?.ok_or(Error::NotFound)?;
    let hash = store::hash_of(&app.db, user).await?.ok_or(Error::NotFound)?;
    let email = known.email.as_ref().ok_or(Error::NotFound)?;
    match check_own(app, ctx, email, (current, hash.clone()), visitor).await? {
        Ok(true) => {}
        Ok(false) => return Err(ChangePasswordRefused::Wrong.into()),
        Err(LockedOut::Account | LockedOut::Visitor) => return Err(ChangePasswordRefused::TooMany.into()),
    }
    let who = Personal { email: email.as_str(), first_name: &known.first_name, last_name: &known.last_name };
    check_password(new.expose_secret(), who).map_err(ChangePasswordRefused::Weak)?;
    let new = app.passwords.hash(new).await?;
    let mut work = app.begin(&ctx.with(person.record())).await?;
    let locked = store::lock(&mut work, user).await?.ok_or(Error::NotFound)?;
    // Another was chosen meanwhile: the current one is no more.
    if locked.hash.is_none_or(|now| now.as_str() != hash.as_str()) {
        return Err(ChangePasswordRefused::Wrong.into());
    }
    store::save_password(&mut work, happened(user, user, AccountChange::PasswordSet), &new, &[]).await?;
    delete_sessions(&mut work, sessions_ended(user, SessionsEnd::NewPassword)).await?;
    if let Some(email) = &locked.email {
        letters::write_always(&mut work, LetterKind::PasswordChanged, email, Some(user)).await?;
    }
    work.commit().await?;
    Ok(())
}
