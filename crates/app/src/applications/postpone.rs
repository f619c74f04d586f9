//! An employer puts an application on hold, with an answer and perhaps a day to come back (rule book 02 §5.3).

use iae_domain::actor::EmployerActor;
use iae_domain::applications::{Postpone, PostponeRefused, StateCode, policy};
use iae_domain::ids::ApplicationId;

use super::store;
use crate::error::{Error, Result};
use crate::{App, Ctx, Failure};

/// Puts the application `id`, `seen` in this state, on hold (PRO-10).
pub async fn postpone(
    app: &App,
    ctx: &Ctx<EmployerActor>,
    id: ApplicationId,
    seen: Option<StateCode>,
    command: Postpone,
) -> Result<(), Failure<PostponeRefused>> {
    let mut work = app.begin(ctx).await?;
    let application = store::lock_for_employer(&mut work, ctx.actor.organisation, id).await?;
    let application = application.ok_or(Error::NotFound)?;
    policy::postpone(&ctx.actor, &application)?;
    store::save(&mut work, application.postpone(seen, command, ctx.today())?).await?;
    work.commit().await?;
    Ok(())
}
