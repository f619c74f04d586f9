//! After an appeal, a DDETS annuls or corrects its decision: another takes its place, both are kept (rule book 04 §1.15).

use iae_domain::actor::InspectorActor;
use iae_domain::control::{Control, Decided, DecisionRefused, Outcome};
use iae_domain::ids::{ControlDecisionId, ControlId};
use iae_domain::text::Message;

use super::lock;
use super::store::decisions::{self, InForce};
use crate::error::{Error, Result};
use crate::{App, Ctx, Failure};

/// What takes the place of a decision: why, and what is decided instead.
#[derive(Debug, Clone)]
pub struct Replacement {
    /// The decision it takes the place of, which whoever decides saw in force (D32).
    pub seen: ControlDecisionId,
    /// Why.
    pub why: Message<{ Outcome::MAX_CHARS }>,
    /// What is decided instead.
    pub decided: Decided,
}

/// Replaces the decision in force. A control without any has nothing to replace.
pub async fn replace(
    app: &App,
    ctx: &Ctx<InspectorActor>,
    id: ControlId,
    replacement: Replacement,
) -> Result<(), Failure<DecisionRefused>> {
    let mut work = app.begin(ctx).await?;
    let control = lock::of_ddets(&mut work, ctx, Some(id)).await?;
    let in_force = decisions::in_force(work.db(), id).await?.ok_or(Error::NotFound)?.decision;
    let now = work.now();
    let Replacement { seen, why, decided } = replacement;
    let names = (ControlDecisionId::at(now), seen, why);
    let replaced = control.replace_decision(&in_force, names, decided, (ctx.actor.user, now))?;
    decisions::insert(&mut work, replaced).await?;
    work.commit().await?;
    Ok(())
}

/// The decision in force on a control and who made it, when there is one. Who may read the control was said by whoever read it.
pub async fn decision_in_force(app: &App, control: &Control) -> Result<Option<InForce>> {
    decisions::in_force(&app.db, control.id).await
}
