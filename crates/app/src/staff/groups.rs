//! Who of the team is in which group: given and taken by an operator at the command line, never from the pages (STF-1).

use iae_domain::Actor;
use iae_domain::staff::{self as rules, GroupRefused, StaffGroup};
use iae_domain::text::Email;

use super::store;
use crate::error::{Error, Result};
use crate::{App, Ctx, Failure};

pub use store::Member;

/// Puts whoever has this address in a group, or takes them out of it; `false` when they were so already.
pub async fn change_group(
    app: &App,
    ctx: &Ctx<Actor>,
    email: &Email,
    (group, is_in): (StaffGroup, bool),
) -> Result<bool, Failure<GroupRefused>> {
    let mut work = app.begin(ctx).await?;
    let of = store::lock(&mut work, email).await?.ok_or(Error::NotFound)?;
    let Some(changed) = rules::change_group(&of, group, is_in)? else {
        work.rollback().await?;
        return Ok(false);
    };
    store::save(&mut work, changed).await?;
    work.commit().await?;
    Ok(true)
}

/// Everyone of the team, by name, with their groups.
pub async fn members(app: &App) -> Result<Vec<Member>> {
    store::members(&app.db).await
}
