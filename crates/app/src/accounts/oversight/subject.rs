//! The team lets the subject of an account change at the next sign-in by its provider, once (OID-12).

use iae_domain::actor::StaffActor;
use iae_domain::staff::{StaffRight, ensure};

use super::{Act, Failure, acts, held, store};
use crate::staff::remarks;
use crate::{App, Ctx};

/// Lets it, or no longer; any sign-in by a provider meanwhile ends it. Nothing happens when it is so already.
pub async fn let_subject_change(
    app: &App,
    ctx: &Ctx<StaffActor>,
    act: &Act,
    is_armed: bool,
) -> Result<(), Failure> {
    ensure(&ctx.actor, StaffRight::ChangeUsers)?;
    let mut work = app.begin(ctx).await?;
    let account = held(&mut work, &ctx.actor, act.user).await?;
    let now = work.now();
    let Some(changed) = account.overseen.let_subject_change(is_armed, &act.seen, now)? else {
        work.rollback().await?;
        return Ok(());
    };
    let changed = store::save_subject_change(&mut work, changed).await?;
    let done = if changed.armed_at.is_some() { acts::ARMED } else { acts::DISARMED };
    remarks::keep(&mut work, act.user, done, &act.remark).await?;
    work.commit().await?;
    Ok(())
}
