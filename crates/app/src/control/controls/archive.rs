//! What was controlled of the SIAE with a positive result is deleted, sixty days after the end of their campaign (rule book 04 §1.20):
//! how many hires there were stays. Negative results are kept.

use chrono::{DateTime, Utc};
use iae_domain::Actor;
use iae_domain::ids::ControlId;

use super::store;
use crate::error::Result;
use crate::{App, Ctx};

/// Archives all that is old enough, a control in a transaction of its own; answers how many were. One that fails keeps no other from
/// it, and the task fails in the end, to be tried again.
pub async fn archive_all(app: &App, ctx: &Ctx<Actor>) -> Result<u64> {
    let (mut archived, mut failed) = (0, None);
    for (control, ended_at) in store::to_archive(&app.db, ctx.today()).await? {
        match archive_one(app, ctx, control, ended_at).await {
            Ok(is_done) => archived += u64::from(is_done),
            Err(error) => {
                tracing::error!(%control, %error, "a control is not archived");
                failed = Some(error);
            }
        }
    }
    failed.map_or(Ok(archived), Err)
}

async fn archive_one(app: &App, ctx: &Ctx<Actor>, id: ControlId, ended_at: DateTime<Utc>) -> Result<bool> {
    let mut work = app.begin(ctx).await?;
    let Some(control) = store::lock(&mut work, id).await? else { return Ok(false) };
    let Some(archived) = control.archive(ended_at, work.today()) else { return Ok(false) };
    store::save_archived(&mut work, archived).await?;
    work.commit().await?;
    Ok(true)
}
