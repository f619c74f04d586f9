//! What stays of a PASS that went with its only hire: its archive (rule book 03 §4.12).

pub(super) mod queries;
mod store;

use iae_domain::Actor;
use iae_domain::ids::PassId;

pub(crate) use store::save;

use crate::error::Result;
use crate::{App, Ctx};

/// Nothing says any more whose each archive was, once it is old enough: each in a transaction of its own; answers how many
/// were.
pub async fn anonymise_all(app: &App, ctx: &Ctx<Actor>) -> Result<u64> {
    let mut anonymised = 0;
    for pass in queries::to_anonymise(&app.db, ctx.today()).await? {
        anonymised += u64::from(anonymise_one(app, ctx, pass).await?);
    }
    Ok(anonymised)
}

async fn anonymise_one(app: &App, ctx: &Ctx<Actor>, pass: PassId) -> Result<bool> {
    let mut work = app.begin(ctx).await?;
    let Some(archive) = store::lock_archive(&mut work, pass).await? else { return Ok(false) };
    let Some(anonymised) = archive.anonymise(ctx.today()) else { return Ok(false) };
    store::save_anonymised(&mut work, anonymised).await?;
    work.commit().await?;
    Ok(true)
}
