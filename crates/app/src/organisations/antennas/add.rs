//! An administrator adds an antenna to their company.

use iae_domain::accounts::switched_organisation;
use iae_domain::actor::EmployerActor;
use iae_domain::ids::OrganisationId;
use iae_domain::organisations::members::Road;
use iae_domain::organisations::policy;
use iae_domain::organisations::{AntennaCommand, AntennaRefused, Parent};

use super::store;
use crate::error::{Error, Result};
use crate::organisations::members;
use crate::{App, Ctx, Failure};

/// The company that would add one, as it is now.
pub async fn parent(app: &App, ctx: &Ctx<EmployerActor>) -> Result<Parent> {
    let company = policy::add_antenna(&ctx.actor)?;
    store::parent(&app.db, company).await?.ok_or(Error::NotFound)
}

/// Adds it, with whoever acts as its first administrator, for which they act from then on: the session is the caller's to change
/// (CMP-21). Of two who add the same at once, one does.
pub async fn add_antenna(
    app: &App,
    ctx: &Ctx<EmployerActor>,
    command: AntennaCommand,
) -> Result<OrganisationId, Failure<AntennaRefused>> {
    let company = policy::add_antenna(&ctx.actor)?;
    let mut work = app.begin(ctx).await?;
    let parent = store::lock_parent(&mut work, company).await?.ok_or(Error::NotFound)?;
    let id = OrganisationId::at(work.now());
    let added = parent.add_antenna(id, command)?;
    let user = ctx.actor.user;
    store::insert(&mut work, added, user).await?;
    let joined = members::add_or_activate(&mut work, id, user, Road::Antenna, None).await;
    joined.map(drop).map_err(Failure::within::<AntennaRefused>)?;
    work.keep(switched_organisation(user, id));
    work.commit().await?;
    Ok(id)
}
