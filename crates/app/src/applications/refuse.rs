//! An employer declines an application (rule book 02 §5.2).

use iae_domain::actor::EmployerActor;
use iae_domain::applications::{Refuse, RefuseRefused, StateCode, policy};
use iae_domain::ids::ApplicationId;

use super::store;
use crate::error::{Error, Result};
use crate::{App, Ctx, Failure};

/// Declines the application `id`, `seen` in this state.
pub async fn refuse(
    app: &App,
    ctx: &Ctx<EmployerActor>,
    id: ApplicationId,
    seen: Option<StateCode>,
    command: Refuse,
) -> Result<(), Failure<RefuseRefused>> {
    let mut work = app.begin(ctx).await?;
    let application = store::lock_for_employer(&mut work, ctx.actor.organisation, id).await?;
    let application = application.ok_or(Error::NotFound)?;
    policy::refuse(&ctx.actor, &application)?;
    let refused = application.refuse(seen, command, ctx.actor.kind, work.now())?;
    store::save(&mut work, refused).await?;
    work.commit().await?;
    Ok(())
}
