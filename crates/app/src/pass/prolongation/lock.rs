//! What an SIAE does about a prolongation, under one lock.

use iae_domain::actor::EmployerActor;
use iae_domain::ids::PassId;
use iae_domain::pass::{HeldPass, policy};

use super::super::store as passes;
use crate::error::{Error, Result};
use crate::{Ctx, Work};

/// The PASS under the lock of its holder, when this SIAE may prolong it.
pub(super) async fn lock(work: &mut Work<'_>, ctx: &Ctx<EmployerActor>, pass: PassId) -> Result<HeldPass> {
    let held = passes::lock(work, &ctx.any().actor, pass).await?;
    if policy::prolong(&ctx.actor, held.relation) { Ok(held) } else { Err(Error::NotFound) }
}
