//! The team delivers by hand the PASS of a hire, or refuses it (rule book 03 §4.10).

mod queries;

use iae_domain::actor::StaffActor;
use iae_domain::applications::{Application, Delivered, DeliveryFacts, DeliveryRefused};
use iae_domain::ids::ApplicationId;
use iae_domain::staff::{StaffRight, ensure};
use iae_domain::time::Period;

pub use queries::{DeliveryDiagnosis, DeliveryFile, delivery_file};

use super::{issue, store};
use crate::error::{Error, Result};
use crate::{App, Ctx, Failure, Work, pass};

/// Delivers the PASS of the hire `id` for these days; who accepted is told. A second click finds it delivered.
pub async fn deliver_pass(
    app: &App,
    ctx: &Ctx<StaffActor>,
    id: ApplicationId,
    period: Period,
) -> Result<(), Failure<DeliveryRefused>> {
    let (mut work, Delivered { application, pass }) = decided(app, ctx, id, period).await?;
    pass::store::insert(&mut work, pass).await?;
    store::save(&mut work, application).await?;
    work.commit().await?;
    Ok(())
}

/// The same decision as [`deliver_pass`], with nothing written.
pub async fn preview_delivery(
    app: &App,
    ctx: &Ctx<StaffActor>,
    id: ApplicationId,
    period: Period,
) -> Result<(), Failure<DeliveryRefused>> {
    Ok(decided(app, ctx, id, period).await?.0.rollback().await?)
}

async fn decided<'a>(
    app: &'a App,
    ctx: &Ctx<StaffActor>,
    id: ApplicationId,
    period: Period,
) -> Result<(Work<'a>, Delivered), Failure<DeliveryRefused>> {
    ensure(&ctx.actor, StaffRight::ChangePasses)?;
    let mut work = app.begin(ctx).await?;
    let (application, facts) = locked(&mut work, id).await?;
    let delivered = application.deliver(period, &facts, work.now())?;
    Ok((work, delivered))
}

/// Refuses to deliver it; who accepted is told why, and what can be done.
pub async fn refuse_pass(
    app: &App,
    ctx: &Ctx<StaffActor>,
    id: ApplicationId,
) -> Result<(), Failure<DeliveryRefused>> {
    ensure(&ctx.actor, StaffRight::ChangePasses)?;
    let mut work = app.begin(ctx).await?;
    let (application, facts) = locked(&mut work, id).await?;
    let refused = application.refuse_delivery(&facts, work.now())?;
    store::save(&mut work, refused).await?;
    work.commit().await?;
    Ok(())
}

async fn locked(work: &mut Work<'_>, id: ApplicationId) -> Result<(Application, DeliveryFacts)> {
    let application = store::lock_for_team(work, id).await?.ok_or(Error::NotFound)?;
    let issue = issue::parties(work, &application).await?.issue;
    let facts = DeliveryFacts { issue, accepted_by: issue::accepted_by(work, id).await? };
    Ok((application, facts))
}
