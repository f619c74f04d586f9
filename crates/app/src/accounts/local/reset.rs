//! A forgotten password, and the first of an account that a professional or an operator opened (AUT-8, USR-14).

use iae_domain::Actor;
use iae_domain::accounts::{
    AccountChange, LetterKind, Opens, Personal, SessionsEnd, UserKind, WeakPassword, check_password,
    happened, reset_answer, sessions_ended,
};
use iae_domain::ids::{AccountLetterId, UserId};
use iae_domain::text::Email;
use secrecy::{ExposeSecret as _, SecretString};

use super::log_in::counted;
use super::store;
use crate::accounts::store::delete_sessions;
use crate::accounts::{letters, open_letter, queries};
use crate::error::Result;
use crate::{App, Ctx, Failure};

/// Why a password is not chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LinkRefused {
    /// The link is not one, served, or serves no more.
    #[error("the link serves no more")]
    Over,
    /// The password is too weak.
    #[error(transparent)]
    Weak(#[from] WeakPassword),
}

/// A password that was chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChosenPassword {
    /// The account.
    pub user: UserId,
    /// Whether it is signed in with this very link: it never was before (USR-14), or it is of the team.
    pub signs_in: bool,
}

/// Writes to the address: what is there, or that nothing is (AUT-8). The page answers alike.
pub async fn forgot_password(app: &App, ctx: &Ctx<()>, email: &Email) -> Result<()> {
    let mut work = app.begin(&ctx.with(Actor::System)).await?;
    let found = store::holder(&mut work, email).await?;
    let has_identity = found.is_some_and(|(_, has_identity)| has_identity);
    let holder = found.map(|(holder, _)| holder);
    let kind = match reset_answer(holder.as_ref(), has_identity) {
        // The same link, in the words of the team.
        LetterKind::ResetPassword
            if holder.is_some_and(|holder| !holder.is_opened && is_team(holder.kind)) =>
        {
            LetterKind::OfTeam
        }
        kind => kind,
    };
    let user = holder.map(|holder| holder.user).filter(|_| kind != LetterKind::NoAccount);
    letters::write(&mut work, kind, email, user).await?;
    work.commit().await
}

const fn is_team(kind: UserKind) -> bool {
    matches!(kind, UserKind::Staff)
}

/// Chooses the password: every session, and every other link, of the one before ends. The holder is told by mail.
pub async fn choose_password(
    app: &App,
    ctx: &Ctx<()>,
    id: AccountLetterId,
    key: &str,
    password: SecretString,
) -> Result<ChosenPassword, Failure<LinkRefused>> {
    let letter = open_letter(app, ctx.now, id, key).await?.ok_or(LinkRefused::Over)?;
    let person = Personal {
        email: letter.email.as_str(),
        first_name: &letter.first_name,
        last_name: &letter.last_name,
    };
    check_password(password.expose_secret(), person).map_err(LinkRefused::Weak)?;
    let hash = app.passwords.hash(password).await?;
    let mut work = app.begin(&ctx.with(Actor::System)).await?;
    let letter = letters::take(&mut work, id, key, Opens::Password).await?.ok_or(LinkRefused::Over)?;
    let user = letter.user.ok_or(LinkRefused::Over)?;
    store::lock(&mut work, user).await?.filter(|account| account.is_active).ok_or(LinkRefused::Over)?;
    if let Some(person) = queries::signed_in(work.db(), user, ctx.now).await? {
        work.by = person.acting_for(None).record();
    }
    letters::spend(&mut work, id).await?;
    let chosen = happened(user, user, AccountChange::PasswordSet);
    // Whoever proved the address was locked out by others.
    let forgiven = [counted(&letter.email, true), counted(&letter.email, false)];
    store::save_password(&mut work, chosen, &hash, &forgiven).await?;
    delete_sessions(&mut work, sessions_ended(user, SessionsEnd::NewPassword)).await?;
    let signs_in = !letter.signed_in_before;
    if signs_in {
        let logged_in = happened(user, user, AccountChange::LoggedInLocally);
        store::save_login(&mut work, logged_in, None, None).await?;
    } else {
        letters::write_always(&mut work, LetterKind::PasswordChanged, &letter.email, Some(user)).await?;
    }
    work.commit().await?;
    Ok(ChosenPassword { user, signs_in })
}
