//! Another address for an account with a password here (AUT-9): proved first, and both addresses are told.

use iae_domain::Actor;
use iae_domain::accounts::{AccountChange, LetterKind, LockedOut, Opens, UserKind, happened};
use iae_domain::ids::AccountLetterId;
use iae_domain::text::Email;
use secrecy::SecretString;

use super::log_in::check_own;
use super::store;
use crate::accounts::store::lock_address;
use crate::accounts::{SignedIn, letters, queries};
use crate::budgets::Visitor;
use crate::error::{Error, Result};
use crate::{App, Ctx, Failure};

/// Why the address stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ChangeEmailRefused {
    /// The password is not the right one.
    #[error("the password is wrong")]
    Wrong,
    /// Too many wrong ones were typed: none is looked at for some minutes.
    #[error("too many wrong passwords")]
    TooMany,
    /// It is the address of the account already.
    #[error("the address is the same")]
    Same,
    /// No candidate has such an address (USR-9).
    #[error("the domain is forbidden to candidates")]
    ForbiddenDomain,
    /// Somebody has it since.
    #[error("the address is taken")]
    Taken,
    /// The link is not one, served, or serves no more.
    #[error("the link serves no more")]
    Over,
}

/// Writes to the new address: to confirm it, or that it is somebody's. Nothing changes before. Not found for who has no
/// password here.
pub async fn change_email(
    app: &App,
    ctx: &Ctx<()>,
    person: &SignedIn,
    password: SecretString,
    new: &Email,
    visitor: &Visitor,
) -> Result<(), Failure<ChangeEmailRefused>> {
    let user = person.user;
    let hash = store::hash_of(&app.db, user).await?.ok_or(Error::NotFound)?;
    if person.kind == UserKind::JobSeeker && new.is_france_travail() {
        return Err(ChangeEmailRefused::ForbiddenDomain.into());
    }
    let email = person.email.as_ref().ok_or(Error::NotFound)?;
    match check_own(app, ctx, email, (password, hash.clone()), visitor).await? {
        Ok(true) => {}
        Ok(false) => return Err(ChangeEmailRefused::Wrong.into()),
        Err(LockedOut::Account | LockedOut::Visitor) => return Err(ChangeEmailRefused::TooMany.into()),
    }
    let mut work = app.begin(&ctx.with(person.record())).await?;
    // Before the account, as whoever signs in locks them.
    lock_address(&mut work, new).await?;
    let account = store::lock(&mut work, user).await?.ok_or(Error::NotFound)?;
    // Another was chosen meanwhile: the one that was right is no more.
    if account.hash.is_none_or(|now| now.as_str() != hash.as_str()) {
        return Err(ChangeEmailRefused::Wrong.into());
    }
    if account.email.as_ref() == Some(new) {
        return Err(ChangeEmailRefused::Same.into());
    }
    let is_taken = store::holder(&mut work, new).await?.is_some();
    // Whoever reads it there learns nothing of the account that asked.
    let (kind, about) =
        if is_taken { (LetterKind::EmailTaken, None) } else { (LetterKind::ConfirmEmail, Some(user)) };
    letters::write(&mut work, kind, new, about).await?;
    work.commit().await?;
    Ok(())
}

/// The new address is proved: it is the account's, and both are told.
pub async fn confirm_email(
    app: &App,
    ctx: &Ctx<()>,
    id: AccountLetterId,
    key: &str,
) -> Result<(), Failure<ChangeEmailRefused>> {
    let mut work = app.begin(&ctx.with(Actor::System)).await?;
    let letter = letters::take(&mut work, id, key, Opens::Email).await?.ok_or(ChangeEmailRefused::Over)?;
    let user = letter.user.ok_or(ChangeEmailRefused::Over)?;
    let account = store::lock(&mut work, user).await?.ok_or(ChangeEmailRefused::Over)?;
    // Tied to a provider since, which says the address from then on.
    if account.hash.is_none() {
        return Err(ChangeEmailRefused::Over.into());
    }
    if let Some(person) = queries::signed_in(work.db(), user, ctx.now).await? {
        work.by = person.acting_for(None).record();
    }
    store::save_email(&mut work, happened(user, user, AccountChange::EmailChanged), &letter.email).await?;
    letters::spend(&mut work, id).await?;
    for told in account.email.iter().chain([&letter.email]) {
        letters::write_always(&mut work, LetterKind::EmailChanged, told, Some(user)).await?;
    }
    work.commit().await?;
    Ok(())
}
