//! The team closes an account (USR-15), or opens again one that nobody had used for too long (USR-17).

use iae_domain::accounts::{SessionsEnd, UserKind, sessions_ended};
use iae_domain::actor::StaffActor;
use iae_domain::staff::{StaffRight, ensure};

use super::{Act, Failure, acts, held, store};
use crate::accounts::store::delete_sessions;
use crate::organisations::members;
use crate::staff::remarks;
use crate::{App, Ctx};

/// Closes it, and gives its kind: sessions end, memberships too, and its address is free. The organisations are held first, as
/// wherever somebody joins.
pub async fn deactivate(app: &App, ctx: &Ctx<StaffActor>, act: &Act) -> Result<UserKind, Failure> {
    ensure(&ctx.actor, StaffRight::ChangeUsers)?;
    let mut work = app.begin(ctx).await?;
    let organisations = store::organisations(&mut work, act.user).await?;
    members::lock_all(&mut work, &organisations).await?;
    let account = held(&mut work, &ctx.actor, act.user).await?;
    let closed = account.overseen.deactivate(ctx.actor.user, &act.seen)?;
    let email = account.overseen.email.as_ref();
    members::close_all(&mut work, act.user, email, &closed.value().memberships).await?;
    store::save_deactivated(&mut work, closed).await?;
    delete_sessions(&mut work, sessions_ended(act.user, SessionsEnd::Deactivation)).await?;
    remarks::keep(&mut work, act.user, acts::DEACTIVATED, &act.remark).await?;
    work.commit().await?;
    Ok(account.overseen.kind)
}

/// Opens it again; its memberships stay ended.
pub async fn reactivate(app: &App, ctx: &Ctx<StaffActor>, act: &Act) -> Result<(), Failure> {
    ensure(&ctx.actor, StaffRight::ChangeUsers)?;
    let mut work = app.begin(ctx).await?;
    let account = held(&mut work, &ctx.actor, act.user).await?;
    store::save_reactivated(&mut work, account.overseen.reactivate(&act.seen)?).await?;
    remarks::keep(&mut work, act.user, acts::REACTIVATED, &act.remark).await?;
    work.commit().await?;
    Ok(())
}
