//! A control under the lock of its campaign and its own: a turn of the campaign waits, or came before.

use iae_domain::actor::{EmployerActor, InspectorActor};
use iae_domain::control::{Control, policy};
use iae_domain::ids::ControlId;

use super::store;
use crate::error::{Error, Result};
use crate::{Ctx, Work};

/// The control of this SIAE, or of one that it replaced; that of another does not exist.
pub(super) async fn of_company(
    work: &mut Work<'_>,
    ctx: &Ctx<EmployerActor>,
    id: Option<ControlId>,
) -> Result<Control> {
    let control = store::lock(work, id.ok_or(Error::NotFound)?).await?;
    control.filter(|control| policy::defend(&ctx.actor, control.answering)).ok_or(Error::NotFound)
}

/// The control by this DDETS; that of another does not exist.
pub(super) async fn of_ddets(
    work: &mut Work<'_>,
    ctx: &Ctx<InspectorActor>,
    id: Option<ControlId>,
) -> Result<Control> {
    let institution = policy::control(&ctx.actor)?;
    let control = store::lock(work, id.ok_or(Error::NotFound)?).await?;
    control.filter(|control| control.institution == institution).ok_or(Error::NotFound)
}
