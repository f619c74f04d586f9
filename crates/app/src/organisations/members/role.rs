//! An administrator names another one, or takes that role away (MEM-6, MEM-8).

use chrono::{DateTime, Utc};
use iae_domain::actor::Colleague;
use iae_domain::ids::MembershipId;
use iae_domain::organisations::members::{self as rules, MemberRefused};
use iae_domain::organisations::policy;

use super::store;
use crate::error::Error;
use crate::{App, Ctx, Failure};

/// Changes the role of a member, seen as they were at that time. Of two administrators who act on each other at once, the first
/// does, and the second is told that they administer nothing any more: one remains (MEM-9).
pub async fn change_role(
    app: &App,
    ctx: &Ctx<Colleague>,
    id: MembershipId,
    seen: DateTime<Utc>,
    is_admin: bool,
) -> Result<(), Failure<MemberRefused>> {
    let organisation = policy::administer(&ctx.actor)?;
    let mut work = app.begin(ctx).await?;
    store::lock(&mut work, organisation).await?;
    let by = store::membership(&mut work, organisation, ctx.actor.user()).await?;
    let target = store::member(&mut work, organisation, id).await?.ok_or(Error::NotFound)?;
    if let Some(changed) = rules::change_role(by.as_ref(), target, seen, is_admin, work.now())? {
        store::save(&mut work, changed).await?;
        work.commit().await?;
    }
    Ok(())
}
