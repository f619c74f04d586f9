//! An employer puts an application under study (rule book 02 §3.3).

use iae_domain::actor::EmployerActor;
use iae_domain::applications::{AlreadyProcessed, policy};
use iae_domain::ids::ApplicationId;

use super::store;
use crate::error::{Error, Result};
use crate::{App, Ctx, Failure};

/// Puts the application `id` under study.
pub async fn process(
    app: &App,
    ctx: &Ctx<EmployerActor>,
    id: ApplicationId,
) -> Result<(), Failure<AlreadyProcessed>> {
    let mut work = app.begin(ctx).await?;
    let application = store::lock_for_employer(&mut work, ctx.actor.organisation, id).await?;
    let application = application.ok_or(Error::NotFound)?;
    policy::process(&ctx.actor, &application)?;
    store::save(&mut work, application.process()?).await?;
    work.commit().await?;
    Ok(())
}
