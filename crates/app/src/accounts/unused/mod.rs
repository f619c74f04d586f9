//! Accounts of professionals that nobody uses: their holder is told, then they go (USR-16). A sign-in meanwhile keeps them, as
//! `log_in_oidc` writes.

mod store;

use iae_domain::Actor;
use iae_domain::accounts::LetterKind;
use iae_domain::accounts::unused::{last_used_before, told_before};
use iae_domain::ids::UserId;

use super::letters;
use crate::error::Result;
use crate::organisations::members;
use crate::{App, Ctx};

/// Tells those whose account will go, closes the accounts whose day has come, each in a transaction of its own. Answers how many of
/// each. One that fails keeps no other from it, and the task fails in the end, to be tried again.
pub async fn follow_unused(app: &App, ctx: &Ctx<Actor>) -> Result<(u64, u64)> {
    let (mut told, mut gone, mut failed) = (0, 0, None);
    for user in store::to_tell(&app.db, last_used_before(ctx.today())).await? {
        match tell(app, ctx, user).await {
            Ok(is_done) => told += u64::from(is_done),
            Err(error) => {
                tracing::error!(%user, %error, "the holder of an unused account is not told");
                failed = failed.or(Some(error));
            }
        }
    }
    for user in store::to_close(&app.db, told_before(ctx.today())).await? {
        match close(app, ctx, user).await {
            Ok(is_done) => gone += u64::from(is_done),
            Err(error) => {
                tracing::error!(%user, %error, "an unused account is not closed");
                failed = failed.or(Some(error));
            }
        }
    }
    failed.map_or(Ok((told, gone)), Err)
}

/// Whether they were told: somebody else may have, or they signed in since they were counted.
async fn tell(app: &App, ctx: &Ctx<Actor>, user: UserId) -> Result<bool> {
    let mut work = app.begin(ctx).await?;
    let Some(account) = store::lock(&mut work, user).await? else { return Ok(false) };
    let Some(told) = account.usage.tell(work.now()) else { return Ok(false) };
    store::save_told(&mut work, told).await?;
    work.commit().await?;
    Ok(true)
}

/// Whether it went: deleted when nothing refers to it, else closed under its name alone. The organisations are held first, as wherever
/// somebody joins; what may still reach its holder goes to the address it had.
async fn close(app: &App, ctx: &Ctx<Actor>, user: UserId) -> Result<bool> {
    let mut work = app.begin(ctx).await?;
    let Some(counted) = store::find(work.db(), user).await? else { return Ok(false) };
    members::lock_all(&mut work, &counted.usage.memberships).await?;
    let Some(account) = store::lock(&mut work, user).await? else { return Ok(false) };
    // They joined or left one meanwhile: it is not held, and may not be any more, as the account is locked. The next day does it.
    if account.usage.memberships != counted.usage.memberships {
        return Ok(false);
    }
    let Some(deleted) = account.usage.delete(work.now()) else { return Ok(false) };
    let is_deleted =
        !store::is_referred_to(&mut work, user).await? && store::delete(&mut work, deleted).await?;
    let email = account.email.as_ref();
    if !is_deleted {
        let Some(closed) = account.usage.anonymise(work.now()) else { return Ok(false) };
        members::close_all(&mut work, user, email, &closed.value().memberships).await?;
        store::save_anonymised(&mut work, closed).await?;
    }
    if let Some(email) = email {
        let about = (!is_deleted).then_some(user);
        letters::write_always(&mut work, LetterKind::Unused, email, about).await?;
    }
    work.commit().await?;
    Ok(true)
}
