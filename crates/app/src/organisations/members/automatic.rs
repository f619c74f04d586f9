//! Companies without official address that nobody administers get administrators (MEM-13).

use iae_domain::Actor;
use iae_domain::ids::{MembershipId, OrganisationId};
use iae_domain::organisations::members::automatic_admin;

use super::{queries, store};
use crate::error::Result;
use crate::{App, Ctx};

/// Names the two latest members to sign in of each, in a transaction of its own; answers how many were named.
pub async fn make_admins(app: &App, ctx: &Ctx<Actor>) -> Result<u64> {
    let mut named = 0;
    for (company, members) in queries::without_admin(&app.db).await? {
        named += of_company(app, ctx, company, &members).await?;
    }
    Ok(named)
}

async fn of_company(
    app: &App,
    ctx: &Ctx<Actor>,
    company: OrganisationId,
    members: &[MembershipId],
) -> Result<u64> {
    let mut work = app.begin(ctx).await?;
    store::lock(&mut work, company).await?;
    // Both are named, or neither: somebody may have been named since they were counted.
    let has_admins = store::has_admins(&mut work, company, None).await?;
    let mut named = 0;
    for id in members {
        let Some(member) = store::member(&mut work, company, *id).await? else { continue };
        let Some(changed) = automatic_admin(member, has_admins, work.now()) else { continue };
        store::save(&mut work, changed).await?;
        named += 1;
    }
    if named > 0 {
        work.commit().await?;
    }
    Ok(named)
}
