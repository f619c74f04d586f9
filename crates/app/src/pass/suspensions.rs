//! The suspensions of a PASS: recorded, changed, lifted for a return, removed (rule book 03 §5; D6).

mod queries;
mod store;

use chrono::NaiveDate;
use iae_domain::Changed;
use iae_domain::actor::Professional;
use iae_domain::ids::PassId;
use iae_domain::pass::Parcours;
use iae_domain::pass::suspension::{Effect, Resuspended, SuspensionAct, SuspensionRefused};

pub use queries::{ClosureRow, SuspensionRow, Suspensions, of_pass};
pub(crate) use store::save;

use super::asked::asked;
use crate::{App, Ctx, Failure, Work};

/// Does it, when the PASS still ends on the day that was shown: the suspension, the dates of the PASS, the audit row and the
/// mails are written together or not at all.
pub async fn act(
    app: &App,
    ctx: &Ctx<Professional>,
    id: PassId,
    seen_end: NaiveDate,
    act: SuspensionAct,
) -> Result<(), Failure<SuspensionRefused>> {
    let mut work = app.begin(&ctx.any()).await?;
    let (_, changed) = decide(&mut work, &ctx.actor, id, Some(seen_end), act).await?;
    save(&mut work, changed).await?;
    work.commit().await?;
    Ok(())
}

/// The same decision as [`act`], with nothing written: what it would do to the parcours.
pub async fn preview(
    app: &App,
    ctx: &Ctx<Professional>,
    id: PassId,
    act: SuspensionAct,
) -> Result<Effect, Failure<SuspensionRefused>> {
    let mut work = app.begin(&ctx.any()).await?;
    let (before, changed) = decide(&mut work, &ctx.actor, id, None, act).await?;
    work.rollback().await?;
    Ok(Effect { before, after: changed.value().pass.parcours.clone() })
}

async fn decide(
    work: &mut Work<'_>,
    professional: &Professional,
    id: PassId,
    seen_end: Option<NaiveDate>,
    act: SuspensionAct,
) -> Result<(Parcours, Changed<Resuspended>), Failure<SuspensionRefused>> {
    let (held, mut asking) = asked(work, professional, id).await?;
    asking.seen_end = seen_end;
    let changed = held.decide_suspension(act, &asking)?;
    Ok((held.pass.parcours, changed))
}
