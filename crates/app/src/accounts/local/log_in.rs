//! Signing in by password (AUT-4 to AUT-6, D25). What is answered, and how long it takes, says nothing of who has an account.

use iae_domain::Actor;
use iae_domain::accounts::{AccountChange, LetterKind, LockedOut, PasswordTry, happened, try_password};
use iae_domain::ids::UserId;
use iae_domain::text::Email;
use secrecy::SecretString;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::store::{self, LocalAccount};
use crate::accounts::{PasswordHash, letters, queries};
use crate::budgets::Visitor;
use crate::error::Result;
use crate::{App, Ctx, Failure};

/// Why nobody is signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LogInRefused {
    /// The address, or the password, or both; or the account is locked: nothing says which.
    #[error("no such account and password")]
    Wrong,
    /// Too many failed from the same address of the network.
    #[error("too many failures from one address")]
    TooMany,
}

/// Whose failures are counted together: those of a browser where the holder of the account signed in before, apart from those
/// of strangers, who lock strangers out.
pub(super) fn counted(email: &Email, is_known: bool) -> Vec<u8> {
    let from: &[u8] = if is_known { b"known " } else { b"stranger " };
    Sha256::digest([from, email.as_str().as_bytes()].concat()).to_vec()
}

/// Signs in whoever has this address and this password. `last_person` is who signed in last in this browser.
pub async fn log_in_locally(
    app: &App,
    ctx: &Ctx<()>,
    email: &Email,
    password: SecretString,
    visitor: &Visitor,
    last_person: Option<UserId>,
) -> Result<UserId, Failure<LogInRefused>> {
    let account = store::by_email(&app.db, email).await?.filter(|account| account.is_active);
    let is_known = account.as_ref().is_some_and(|account| last_person == Some(account.user));
    let counted = counted(email, is_known);
    let (attempt, is_last) = match begin(app, ctx, &counted, visitor).await? {
        Ok(begun) => begun,
        Err(LockedOut::Visitor) => return Err(LogInRefused::TooMany.into()),
        Err(LockedOut::Account) => {
            // As long as any other refusal (D25).
            app.passwords.check(password, None).await?;
            return Err(LogInRefused::Wrong.into());
        }
    };
    let hash = account.as_ref().and_then(|account| account.hash.clone());
    let is_right = app.passwords.check(password, hash).await?;
    if let Some(account) = account.filter(|_| is_right) {
        return complete(app, ctx, &account, attempt).await;
    }
    if is_last {
        tell(app, ctx, email).await?;
    }
    Err(LogInRefused::Wrong.into())
}

/// Takes a place before the password is looked at: a thousand guesses at once get five answers. Whoever insists on an account
/// that is locked is counted for where they are.
async fn begin(
    app: &App,
    ctx: &Ctx<()>,
    counted: &[u8],
    visitor: &Visitor,
) -> Result<Result<(Uuid, bool), LockedOut>> {
    let mut work = app.begin(&ctx.with(Actor::System)).await?;
    let failures = store::failures(&mut work, counted, visitor.digest()).await?;
    let tried = match try_password(counted.to_vec(), visitor.digest().to_vec(), failures) {
        Ok(tried) => tried,
        Err(LockedOut::Visitor) => {
            work.rollback().await?;
            return Ok(Err(LockedOut::Visitor));
        }
        Err(LockedOut::Account) => {
            store::insert_try(&mut work, PasswordTry::insisting(visitor.digest().to_vec())).await?;
            work.commit().await?;
            return Ok(Err(LockedOut::Account));
        }
    };
    let kept = store::insert_try(&mut work, tried).await?;
    work.commit().await?;
    Ok(Ok(kept))
}

/// Looks at the password of somebody who is signed in, as at a sign-in of theirs: wrong ones are counted together, and lock
/// alike whoever took their session (AUT-6).
pub(super) async fn check_own(
    app: &App,
    ctx: &Ctx<()>,
    email: &Email,
    (password, hash): (SecretString, PasswordHash),
    visitor: &Visitor,
) -> Result<Result<bool, LockedOut>> {
    let (attempt, is_last) = match begin(app, ctx, &counted(email, true), visitor).await? {
        Ok(begun) => begun,
        Err(locked) => return Ok(Err(locked)),
    };
    let is_right = app.passwords.check(password, Some(hash)).await?;
    if is_right {
        let mut work = app.begin(&ctx.with(Actor::System)).await?;
        store::forget_try(&mut work, attempt).await?;
        work.commit().await?;
    } else if is_last {
        tell(app, ctx, email).await?;
    }
    Ok(Ok(is_right))
}

async fn complete(
    app: &App,
    ctx: &Ctx<()>,
    found: &LocalAccount,
    attempt: Uuid,
) -> Result<UserId, Failure<LogInRefused>> {
    let user = found.user;
    let mut work = app.begin(&ctx.with(Actor::System)).await?;
    let locked = store::lock(&mut work, user).await?.filter(|account| account.is_active);
    // Another password was chosen meanwhile: the one that was right is no more.
    let is_same = |hash: Option<&PasswordHash>| {
        hash.zip(found.hash.as_ref()).is_some_and(|(now, then)| now.as_str() == then.as_str())
    };
    let Some(_) = locked.filter(|account| is_same(account.hash.as_ref())) else {
        return Err(LogInRefused::Wrong.into());
    };
    if let Some(person) = queries::signed_in(work.db(), user, ctx.now).await? {
        work.by = person.acting_for(None).record();
    }
    let logged_in = happened(user, user, AccountChange::LoggedInLocally);
    if !store::save_login(&mut work, logged_in, Some(ctx.now), Some(attempt)).await? {
        return Err(LogInRefused::Wrong.into());
    }
    work.commit().await?;
    Ok(user)
}

/// The account is locked for some minutes: its holder is told by mail, once a day, and nobody else is (D25).
async fn tell(app: &App, ctx: &Ctx<()>, email: &Email) -> Result<()> {
    let mut work = app.begin(&ctx.with(Actor::System)).await?;
    let holder = store::holder(&mut work, email).await?;
    let holder =
        holder.filter(|(holder, has_identity)| holder.is_active && holder.is_opened && !has_identity);
    let Some((holder, _)) = holder else { return work.rollback().await };
    work.keep(happened((), holder.user, AccountChange::LockedOut));
    if !letters::was_written(&mut work, LetterKind::Locked, holder.user).await? {
        letters::write(&mut work, LetterKind::Locked, email, Some(holder.user)).await?;
    }
    work.commit().await
}
