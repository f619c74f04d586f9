//! Requests that wait are reminded to those who may answer them (rule book 03 §6.7).

use iae_domain::Actor;
use iae_domain::ids::ProlongationRequestId;
use iae_domain::pass::prolongation::remind;

use super::{queries, store};
use crate::error::Result;
use crate::{App, Ctx};

/// Reminds each request that is due, in a transaction of its own; answers how many were.
pub async fn remind_all(app: &App, ctx: &Ctx<Actor>) -> Result<u64> {
    let mut reminded = 0;
    for id in queries::to_remind(&app.db, ctx.today()).await? {
        reminded += u64::from(remind_one(app, ctx, id).await?);
    }
    Ok(reminded)
}

async fn remind_one(app: &App, ctx: &Ctx<Actor>, id: ProlongationRequestId) -> Result<bool> {
    let mut work = app.begin(ctx).await?;
    let Some(request) = store::lock_request(&mut work, id).await? else { return Ok(false) };
    let told = store::who_may_answer(&mut work, request.parties.addressed).await?;
    let Some(reminded) = remind(request, told, ctx.now) else { return Ok(false) };
    store::save_reminded(&mut work, reminded).await?;
    work.commit().await?;
    Ok(true)
}
