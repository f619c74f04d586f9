//! An SIAE declares or asks a prolongation (rule book 03 §6.3).

use iae_domain::actor::EmployerActor;
use iae_domain::ids::PassId;
use iae_domain::pass::prolongation::{Ask, AskFacts, Declaration, ProlongRefused};

use super::lock::lock;
use super::{report, store};
use crate::{App, Ctx, Failure};

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
    let facts = AskFacts {
        is_pending: store::is_pending(&mut work, pass).await?,
        is_authorised: store::is_prescriber(&mut work, ask.addressed).await?,
        has_report: report::store::is_given(work.db(), ctx.actor.organisation, pass, ask.id).await?,
    };
    let when = (work.now(), work.today());
    let asked = held.ask_prolongation(ask, &ctx.actor, facts, when)?;
    store::insert_request(&mut work, asked).await?;
    work.commit().await?;
    Ok(())
}
