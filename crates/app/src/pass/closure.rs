//! A PASS is closed after more than a year of suspension (rule book 03 §4.13, §12 X2; D7).

mod store;

use chrono::NaiveDate;
use iae_domain::actor::Professional;
use iae_domain::ids::PassId;
use iae_domain::pass::closure::{ClosureReason, NotClosable};
use iae_domain::pass::suspension::Effect;

use super::asked::asked;
use crate::{App, Ctx, Failure};

/// Closes the PASS, when it still ends on the day that was shown; the person is told, with the reason and the date.
pub async fn close(
    app: &App,
    ctx: &Ctx<Professional>,
    id: PassId,
    seen_end: NaiveDate,
    reason: ClosureReason,
) -> Result<(), Failure<NotClosable>> {
    let mut work = app.begin(&ctx.any()).await?;
    let (held, mut asking) = asked(&mut work, &ctx.actor, id).await?;
    asking.seen_end = Some(seen_end);
    store::save(&mut work, held.close(reason, &asking)?).await?;
    work.commit().await?;
    Ok(())
}

/// The same decision, with nothing written.
pub async fn preview_closure(
    app: &App,
    ctx: &Ctx<Professional>,
    id: PassId,
    reason: ClosureReason,
) -> Result<Effect, Failure<NotClosable>> {
    let mut work = app.begin(&ctx.any()).await?;
    let (held, asking) = asked(&mut work, &ctx.actor, id).await?;
    let closed = held.close(reason, &asking)?;
    work.rollback().await?;
    Ok(Effect { before: held.pass.parcours, after: closed.value().pass.parcours.clone() })
}
