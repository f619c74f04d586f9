//! Those who administer an organisation are asked to read its members again, every three months (MEM-14).

use iae_domain::Actor;
use iae_domain::ids::OrganisationId;
use iae_domain::organisations::members::{REVIEWED_EVERY, remind_to_review as remind};

use super::{queries, store};
use crate::error::Result;
use crate::{App, Ctx};

/// Asks those of each organisation that is due, in a transaction of its own; answers how many were.
pub async fn remind_to_review(app: &App, ctx: &Ctx<Actor>) -> Result<u64> {
    let Some(before) = ctx.now.checked_sub_months(REVIEWED_EVERY) else { return Ok(0) };
    let mut asked = 0;
    for organisation in queries::to_review(&app.db, before).await? {
        asked += u64::from(of_one(app, ctx, organisation).await?);
    }
    Ok(asked)
}

async fn of_one(app: &App, ctx: &Ctx<Actor>, organisation: OrganisationId) -> Result<bool> {
    let mut work = app.begin(ctx).await?;
    store::lock(&mut work, organisation).await?;
    let Some((since, members)) = store::to_review(&mut work, organisation).await? else { return Ok(false) };
    let Some(asked) = remind(organisation, members, since, work.now()) else { return Ok(false) };
    store::save_review(&mut work, asked).await?;
    work.commit().await?;
    Ok(true)
}
