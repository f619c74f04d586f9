//! A DDETS reviews: each proof, a comment for each hire, then the SIAE as a whole (rule book 04 §1.10, §1.11).

use iae_domain::actor::InspectorActor;
use iae_domain::control::{Decision, Review};
use iae_domain::ids::{ControlCriterionId, ControlHireId, ControlId};
use iae_domain::text::Message;

use super::{lock, store};
use crate::error::{Error, Result};
use crate::{App, Ctx};

/// Decides of a proof that was seen when this was decided of it: when a colleague decided meanwhile, it is a conflict, and
/// when nothing can be decided of it now, it does not exist (EXT 5).
pub async fn review(
    app: &App,
    ctx: &Ctx<InspectorActor>,
    criterion: ControlCriterionId,
    seen: Review,
    decision: Decision,
) -> Result<()> {
    let mut work = app.begin(ctx).await?;
    let id = store::control_of_criterion(work.db(), criterion).await?;
    let control = lock::of_ddets(&mut work, ctx, id).await?;
    let (hire, one) = control.criterion(criterion).ok_or(Error::NotFound)?;
    if one.defended.review != seen {
        return Err(Error::Conflict);
    }
    let reviewed = control.review(hire, one, decision, work.today()).ok_or(Error::NotFound)?;
    store::save_reviewed(&mut work, ctx.actor.user, reviewed).await?;
    work.commit().await
}

/// Most characters of what a DDETS says of a hire.
pub const COMMENT_MAX_CHARS: usize = 2_000;

/// Says something of a hire to its SIAE, which reads it when it may read what was decided; none takes back what was said.
pub async fn comment(
    app: &App,
    ctx: &Ctx<InspectorActor>,
    hire: ControlHireId,
    comment: Option<&Message<COMMENT_MAX_CHARS>>,
) -> Result<()> {
    let mut work = app.begin(ctx).await?;
    let id = store::control_of_hire(work.db(), hire).await?;
    let control = lock::of_ddets(&mut work, ctx, id).await?;
    let hire = control.hire(hire).ok_or(Error::NotFound)?;
    let said = comment.map_or_else(String::new, |comment| comment.as_str().to_owned());
    let commented = control.comment(hire, said, work.today()).ok_or(Error::NotFound)?;
    store::save_comment(&mut work, commented).await?;
    work.commit().await
}

/// Validates the review of an SIAE; answers whether it could be. Nobody is told before the turn of the phase.
pub async fn validate(app: &App, ctx: &Ctx<InspectorActor>, id: ControlId) -> Result<bool> {
    let mut work = app.begin(ctx).await?;
    let control = lock::of_ddets(&mut work, ctx, Some(id)).await?;
    let Some(validated) = control.validate(work.now(), work.today()) else { return Ok(false) };
    store::save_validated(&mut work, control.id, validated).await?;
    work.commit().await?;
    Ok(true)
}
