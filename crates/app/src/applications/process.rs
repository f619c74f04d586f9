//! An employer puts an application under study (rule book 02 §3.3).

use iae_domain::actor::EmployerActor;
use iae_domain::applications::{AlreadyProcessed, policy};
use iae_domain::ids::ApplicationId;

use super::store;
use crate::error::{Error, Result};
use crate::{App, Ctx};

/// Why an application is not put under study or on hold.
#[derive(Debug, thiserror::Error)]
pub enum ProcessError {
    /// Its state no longer allows it (WF-8).
    #[error(transparent)]
    AlreadyProcessed(#[from] AlreadyProcessed),
    /// Anything else.
    #[error(transparent)]
    App(#[from] Error),
}

impl From<sqlx::Error> for ProcessError {
    fn from(error: sqlx::Error) -> Self {
        Self::App(error.into())
    }
}

/// Puts the application `id` under study.
pub async fn process(app: &App, ctx: &Ctx<EmployerActor>, id: ApplicationId) -> Result<(), ProcessError> {
    let mut work = app.begin(ctx).await?;
    let application = store::lock_for_employer(&mut work, ctx.actor.organisation, id).await?;
    let application = application.ok_or(Error::NotFound)?;
    policy::process(&ctx.actor, &application).map_err(Error::from)?;
    store::save(&mut work, application.process()?).await?;
    work.commit().await?;
    Ok(())
}
