//! The team gives another address to an account that no provider says the address of (01 §13).

use iae_domain::accounts::LetterKind;
use iae_domain::actor::StaffActor;
use iae_domain::staff::{StaffRight, ensure};
use iae_domain::text::Email;

use super::{Act, Failure, acts, held, store};
use crate::accounts::letters;
use crate::accounts::store::lock_address;
use crate::staff::remarks;
use crate::{App, Ctx};

/// Replaces the address one signs in with; the former one and the new one are told.
pub async fn change_email(app: &App, ctx: &Ctx<StaffActor>, act: &Act, new: Email) -> Result<(), Failure> {
    ensure(&ctx.actor, StaffRight::ChangeUsers)?;
    let mut work = app.begin(ctx).await?;
    // Before the account, as whoever signs in locks them.
    lock_address(&mut work, &new).await?;
    let account = held(&mut work, &ctx.actor, act.user).await?;
    let replaced = store::save_email(&mut work, account.overseen.change_email(new, &act.seen)?).await?;
    for told in replaced.before.iter().chain([&replaced.after]) {
        letters::write_always(&mut work, LetterKind::EmailChanged, told, Some(act.user)).await?;
    }
    remarks::keep(&mut work, act.user, acts::EMAIL_CHANGED, &act.remark).await?;
    work.commit().await?;
    Ok(())
}
