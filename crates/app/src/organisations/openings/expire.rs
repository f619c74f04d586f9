//! Spontaneous applications that nobody renewed in time are closed (CMP-36).

use iae_domain::Actor;
use iae_domain::ids::OrganisationId;
use iae_domain::organisations::CLOSED_AFTER;

use super::store;
use crate::error::Result;
use crate::{App, Ctx};

/// Closes each company that is due, in a transaction of its own; answers how many were.
pub async fn expire_all(app: &App, ctx: &Ctx<Actor>) -> Result<u64> {
    let mut expired = 0;
    for company in store::stale(&app.db, ctx.now - CLOSED_AFTER).await? {
        expired += u64::from(expire_one(app, ctx, company).await?);
    }
    Ok(expired)
}

async fn expire_one(app: &App, ctx: &Ctx<Actor>, company: OrganisationId) -> Result<bool> {
    let mut work = app.begin(ctx).await?;
    let Some(openings) = store::lock(&mut work, company).await? else { return Ok(false) };
    let Some(closed) = openings.expire(work.now()) else { return Ok(false) };
    store::save(&mut work, closed).await?;
    work.commit().await?;
    Ok(true)
}
