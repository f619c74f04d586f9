//! An employer puts an application under study (rule book 02 §3.3).

use iae_domain::actor::EmployerActor;
use iae_domain::applications::{Overtaken, StateCode, policy};
use iae_domain::ids::ApplicationId;

use super::store;
use crate::error::{Error, Result};
use crate::{App, Ctx, Failure};

/// Puts the application `id`, `seen` in this state, under study.
pub async fn process(
    app: &App,
    ctx: &Ctx<EmployerActor>,
    id: ApplicationId,
    seen: Option<StateCode>,
) -> Result<(), Failure<Overtaken>> {
    let mut work = app.begin(ctx).await?;
    let application = store::lock_for_employer(&mut work, ctx.actor.organisation, id).await?;
    let application = application.ok_or(Error::NotFound)?;
    policy::process(&ctx.actor, &application)?;
    store::save(&mut work, application.process(seen)?).await?;
    work.commit().await?;
    Ok(())
}
