//! An administrator publishes what their organisation says of itself.

use chrono::{DateTime, Utc};
use iae_domain::actor::Professional;
use iae_domain::organisations::policy::publish_profile;
use iae_domain::organisations::{Profile, ProfileRefused};

use super::store;
use crate::error::Error;
use crate::{App, Ctx, Failure};

/// Publishes it in place of the version that was read (D32).
pub async fn publish(
    app: &App,
    ctx: &Ctx<Professional>,
    seen: Option<DateTime<Utc>>,
    profile: Profile,
) -> Result<(), Failure<ProfileRefused>> {
    let organisation = publish_profile(&ctx.actor)?;
    let mut work = app.begin(&ctx.any()).await?;
    let current = store::lock(&mut work, organisation).await?.ok_or(Error::NotFound)?;
    let published = current.publish(seen, profile)?;
    store::save(&mut work, published).await?;
    work.commit().await?;
    Ok(())
}
