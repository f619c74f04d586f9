//! A candidate signs up (SGN-2 to SGN-4, AUT-7): nothing is opened before the address is proved.

use iae_domain::Actor;
use iae_domain::accounts::{AccountChange, LetterKind, Opens, SignUp, UserKind, happened, sign_up_answer};
use iae_domain::ids::{AccountLetterId, UserId};
use secrecy::SecretString;

use super::store;
use crate::accounts::letters;
use crate::accounts::store::lock_address;
use crate::error::Result;
use crate::{App, Ctx, Failure};

/// Why a sign-up does not end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ConfirmRefused {
    /// The link is not one, served, or serves no more.
    #[error("the link serves no more")]
    Over,
    /// Somebody has the address since.
    #[error("the address is taken")]
    EmailTaken,
    /// Somebody has the social security number since.
    #[error("the social security number is taken")]
    NirTaken,
}

/// Keeps what was typed and writes to the address: the mail tells what the page does not (SGN-3). Gives the letter that was
/// written, whatever it says; none when the address received too many. The work is the same whoever has an account.
pub async fn sign_up(
    app: &App,
    ctx: &Ctx<()>,
    new: SignUp,
    password: SecretString,
) -> Result<Option<AccountLetterId>> {
    let hash = app.passwords.hash(password).await?;
    let mut work = app.begin(&ctx.with(Actor::System)).await?;
    lock_address(&mut work, &new.email).await?;
    let holder = store::holder(&mut work, &new.email).await?.map(|(holder, _)| holder);
    let nir_holder = match &new.nir {
        Some(nir) => store::nir_holder(&mut work, nir).await?,
        None => None,
    };
    let kind = sign_up_answer(holder.as_ref(), nir_holder);
    // A letter about the number of somebody else is about nobody's account: its reader is not known to be them.
    let user = holder.map(|holder| holder.user).filter(|_| kind != LetterKind::NirKnown);
    let letter = letters::write(&mut work, kind, &new.email, user).await?;
    if let Some(letter) = letter.filter(|_| kind == LetterKind::ConfirmSignUp) {
        store::insert_sign_up(&mut work, letter, new.kept(), &hash).await?;
    }
    work.commit().await?;
    Ok(letter)
}

/// Opens the account: the address is proved. Signs in when this browser is the one that signed up.
pub async fn confirm_sign_up(
    app: &App,
    ctx: &Ctx<()>,
    id: AccountLetterId,
    key: &str,
    is_same_browser: bool,
) -> Result<UserId, Failure<ConfirmRefused>> {
    let mut work = app.begin(&ctx.with(Actor::System)).await?;
    let letter = letters::take(&mut work, id, key, Opens::SignUp).await?.ok_or(ConfirmRefused::Over)?;
    lock_address(&mut work, &letter.email).await?;
    let user = UserId::at(work.now());
    let opened = happened(user, user, AccountChange::Opened { kind: UserKind::JobSeeker });
    store::open_account(&mut work, letter.id, opened).await?;
    letters::spend(&mut work, letter.id).await?;
    if is_same_browser {
        let logged_in = happened(user, user, AccountChange::LoggedInLocally);
        store::save_login(&mut work, logged_in, None, None).await?;
    }
    work.commit().await?;
    Ok(user)
}
