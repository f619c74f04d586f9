//! A DDETS decides of a negative result, once, and notifies it (rule book 04 §1.15).

use iae_domain::actor::InspectorActor;
use iae_domain::control::{DecisionRefused, Outcome};
use iae_domain::ids::{ControlDecisionId, ControlId};

use super::lock;
use super::store::decisions;
use crate::{App, Ctx, Failure};

/// Decides, and notifies: the SIAE knows its result from then on, whether its campaign ended or not. The days of a withdrawal are those
/// that may be decided once the control is locked.
pub async fn decide(
    app: &App,
    ctx: &Ctx<InspectorActor>,
    id: ControlId,
    outcome: Outcome,
) -> Result<(), Failure<DecisionRefused>> {
    let mut work = app.begin(ctx).await?;
    let control = lock::of_ddets(&mut work, ctx, Some(id)).await?;
    let now = work.now();
    let decided = control.decide_outcome(ControlDecisionId::at(now), outcome, ctx.actor.user, now)?;
    decisions::insert(&mut work, decided).await?;
    work.commit().await?;
    Ok(())
}
