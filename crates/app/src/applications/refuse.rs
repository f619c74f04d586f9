//! An employer declines an application (rule book 02 §5.2).

use iae_domain::actor::EmployerActor;
use iae_domain::applications::{Refuse, RefuseRefused, policy};
use iae_domain::ids::ApplicationId;

use super::store;
use crate::error::{Error, Result};
use crate::{App, Ctx};

/// Why an application is not declined.
#[derive(Debug, thiserror::Error)]
pub enum RefuseError {
    /// The rules of a refusal do not allow it.
    #[error(transparent)]
    Refused(#[from] RefuseRefused),
    /// Anything else.
    #[error(transparent)]
    App(#[from] Error),
}

impl From<sqlx::Error> for RefuseError {
    fn from(error: sqlx::Error) -> Self {
        Self::App(error.into())
    }
}

/// Declines the application `id`.
pub async fn refuse(
    app: &App,
    ctx: &Ctx<EmployerActor>,
    id: ApplicationId,
    command: Refuse,
) -> Result<(), RefuseError> {
    let mut work = app.begin(ctx).await?;
    let application = store::lock_for_employer(&mut work, ctx.actor.organisation, id).await?;
    let application = application.ok_or(Error::NotFound)?;
    policy::refuse(&ctx.actor, &application).map_err(Error::from)?;
    let refused = application.refuse(command, ctx.actor.kind, work.now())?;
    store::save(&mut work, refused).await?;
    work.commit().await?;
    Ok(())
}
