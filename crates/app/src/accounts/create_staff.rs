//! Opening an account of the team: done by an operator at the command line, never from the pages (USR-1).

use iae_domain::Actor;
use iae_domain::accounts::{LetterKind, NewStaff, StaffRefused, open_staff};
use iae_domain::ids::AccountLetterId;

use super::{letters, store};
use crate::{App, Ctx, Failure};

/// Opens the account, and writes to its holder the letter whose link chooses the password. Gives the letter: the operator may
/// hand the link over by another way.
pub async fn create_staff(
    app: &App,
    ctx: &Ctx<Actor>,
    account: NewStaff,
) -> Result<AccountLetterId, Failure<StaffRefused>> {
    let mut work = app.begin(ctx).await?;
    let (user, email) = (account.id, account.email.clone());
    store::insert_staff(&mut work, open_staff(account)).await?;
    let letter = letters::write_always(&mut work, LetterKind::OfTeam, &email, Some(user)).await?;
    work.commit().await?;
    Ok(letter)
}
