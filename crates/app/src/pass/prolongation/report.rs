//! The report of a pathway given with a request, as a file (rule book 03 §6.3, X3): attached from the first page of the form
//! on, so that it is not asked again for a mistake elsewhere. It bears the id of the form, which its request takes.

pub(super) mod store;

use chrono::{DateTime, Utc};
use iae_domain::Actor;
use iae_domain::actor::EmployerActor;
use iae_domain::budget::Budget;
use iae_domain::documents::{DocumentKind, DocumentRefused, Owner};
use iae_domain::ids::{PassId, ProlongationRequestId};
use iae_domain::pass::prolongation::{REPORT_KEPT, forget_report};

use super::super::store as passes;
use super::lock::lock;
use super::store::is_recorded;
use crate::budgets::spend;
use crate::documents::{self, Kept, ReceivedFile};
use crate::error::{Error, Result};
use crate::{App, Ctx, Failure};

/// Attaches what was received to a form, in the place of what it had.
pub async fn attach(
    app: &App,
    ctx: &Ctx<EmployerActor>,
    pass: PassId,
    form: ProlongationRequestId,
    received: Vec<ReceivedFile>,
) -> Result<(), Failure<DocumentRefused>> {
    spend(app, &ctx.any(), Budget::Upload).await?;
    let kept = documents::keep(app, DocumentKind::ProlongationReport, received).await?;
    let recorded = replace(app, ctx, pass, form, Some(&kept)).await;
    Ok(kept.settle(app, recorded).await?)
}

/// Removes the report of a form.
pub async fn remove(
    app: &App,
    ctx: &Ctx<EmployerActor>,
    pass: PassId,
    form: ProlongationRequestId,
) -> Result<()> {
    replace(app, ctx, pass, form, None).await
}

/// Whether a report was given with this form, by the SIAE, for the PASS.
pub async fn is_given(
    app: &App,
    ctx: &Ctx<EmployerActor>,
    pass: PassId,
    form: ProlongationRequestId,
) -> Result<bool> {
    store::is_given(&app.db, ctx.actor.organisation, pass, form).await
}

/// Puts a report, or none, in the place of the one the form has. What was sent with a request is not replaced.
async fn replace(
    app: &App,
    ctx: &Ctx<EmployerActor>,
    pass: PassId,
    form: ProlongationRequestId,
    kept: Option<&Kept>,
) -> Result<()> {
    let mut work = app.begin(ctx).await?;
    let held = lock(&mut work, ctx, pass).await?;
    if is_recorded(&mut work, form.0, pass).await? {
        return Err(Error::Conflict);
    }
    let report = held.begin_report(form, &ctx.actor, work.now());
    store::insert(&mut work, report).await?;
    let whose = (Owner::ProlongationReport(form), held.pass.candidate);
    documents::replace(&mut work, whose, DocumentKind::ProlongationReport, kept).await?;
    work.commit().await
}

/// Forgets the reports that no request followed, each in a transaction of its own; answers how many.
pub(crate) async fn expire(app: &App, ctx: &Ctx<Actor>) -> Result<usize> {
    let before = ctx.now - REPORT_KEPT;
    let mut forgotten = 0;
    for (id, pass) in store::left_since(&app.db, before).await? {
        forgotten += usize::from(forget(app, ctx, (id, pass), before).await?);
    }
    Ok(forgotten)
}

/// Forgets one, unless its form was confirmed meanwhile, its file replaced, or its PASS cancelled: it went with it.
async fn forget(
    app: &App,
    ctx: &Ctx<Actor>,
    (id, pass): (ProlongationRequestId, PassId),
    before: DateTime<Utc>,
) -> Result<bool> {
    let mut work = app.begin(ctx).await?;
    match passes::lock_for_its_request(&mut work, pass).await {
        Err(Error::NotFound) => return Ok(false),
        held => held.map(drop)?,
    }
    if !store::is_left(&mut work, id, before).await? {
        return Ok(false);
    }
    documents::delete_all(&mut work, Owner::ProlongationReport(id)).await?;
    store::delete(&mut work, forget_report(id)).await?;
    work.commit().await?;
    Ok(true)
}
