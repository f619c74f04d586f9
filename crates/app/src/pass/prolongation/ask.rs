//! An SIAE declares or asks a prolongation (rule book 03 §6.3).

use iae_domain::actor::EmployerActor;
use iae_domain::ids::PassId;
use iae_domain::pass::prolongation::{Ask, Declaration, ProlongRefused};
use iae_domain::pass::{HeldPass, policy};

use super::super::store as passes;
use super::store;
use crate::error::{Error, Result};
use crate::{App, Ctx, Failure, Work};

/// Declares a prolongation of the PASS; the same form posted twice declares once.
pub async fn declare(
    app: &App,
    ctx: &Ctx<EmployerActor>,
    pass: PassId,
    declaration: Declaration,
) -> Result<(), Failure<ProlongRefused>> {
    let mut work = app.begin(ctx).await?;
    let held = lock(&mut work, ctx, pass).await?;
    if store::is_recorded(&mut work, declaration.id.0, pass).await? {
        return Ok(());
    }
    let is_pending = store::is_pending(&mut work, pass).await?;
    let when = (work.now(), work.today());
    let declared = held.declare_prolongation(declaration, &ctx.actor, is_pending, when)?;
    store::insert_declared(&mut work, declared).await?;
    work.commit().await?;
    Ok(())
}

/// Asks a prescripteur habilité for a prolongation of the PASS; the same form posted twice asks once.
pub async fn ask(
    app: &App,
    ctx: &Ctx<EmployerActor>,
    pass: PassId,
    ask: Ask,
) -> Result<(), Failure<ProlongRefused>> {
    let mut work = app.begin(ctx).await?;
    let held = lock(&mut work, ctx, pass).await?;
    if store::is_recorded(&mut work, ask.id.0, pass).await? {
        return Ok(());
    }
    let is_pending = store::is_pending(&mut work, pass).await?;
    let is_authorised = store::is_prescriber(&mut work, ask.addressed).await?;
    let when = (work.now(), work.today());
    let asked = held.ask_prolongation(ask, &ctx.actor, is_pending, is_authorised, when)?;
    store::insert_request(&mut work, asked).await?;
    work.commit().await?;
    Ok(())
}

/// The PASS under the lock of its holder, when this SIAE may prolong it.
async fn lock(work: &mut Work<'_>, ctx: &Ctx<EmployerActor>, pass: PassId) -> Result<HeldPass> {
    let held = passes::lock(work, &ctx.any().actor, pass).await?;
    if policy::prolong(&ctx.actor, held.relation) { Ok(held) } else { Err(Error::NotFound) }
}
