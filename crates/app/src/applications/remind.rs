//! Whoever sent an application reminds the employer of it.

use iae_domain::Actor;
use iae_domain::applications::{RemindRefused, policy};
use iae_domain::ids::ApplicationId;

use super::store;
use crate::error::{Error, Result};
use crate::{App, Ctx, Failure};

/// Reminds the members of the company of the application `id`, by mail.
pub async fn remind(app: &App, ctx: &Ctx<Actor>, id: ApplicationId) -> Result<(), Failure<RemindRefused>> {
    let mut work = app.begin(ctx).await?;
    let (application, last) = store::lock_to_remind(&mut work, id).await?.ok_or(Error::NotFound)?;
    policy::remind(&ctx.actor, &application.exchange()).ok_or(Error::NotFound)?;
    let reminded = application.remind(last, work.now())?;
    store::save_reminder(&mut work, reminded).await?;
    work.commit().await?;
    Ok(())
}
