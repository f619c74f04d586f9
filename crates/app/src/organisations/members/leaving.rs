//! A member who wants to leave tells those who administer the organisation, or the team when nobody else does (MEM-10).

use iae_domain::actor::Colleague;
use iae_domain::organisations::members::{self as rules, LeavingRefused};

use super::store;
use crate::{App, Ctx, Failure};

/// Asks, and says whether somebody else administers the organisation: they are told, else the team is.
pub async fn ask_to_leave(app: &App, ctx: &Ctx<Colleague>) -> Result<bool, Failure<LeavingRefused>> {
    let (organisation, user) = (ctx.actor.organisation(), ctx.actor.user());
    let mut work = app.begin(ctx).await?;
    store::lock(&mut work, organisation).await?;
    let member = store::membership(&mut work, organisation, user).await?;
    let asked_at = store::departure_asked_at(&mut work, organisation, user).await?;
    let has_others = store::has_admins(&mut work, organisation, Some(user)).await?;
    let asked = rules::ask_to_leave(member, asked_at, has_others, work.now())?;
    store::save_departure_asked(&mut work, asked).await?;
    work.commit().await?;
    Ok(has_others)
}

/// Stays after all. Whoever confirms the departure meanwhile comes first, or reads that the member changed (D32).
pub async fn withdraw_departure(app: &App, ctx: &Ctx<Colleague>) -> Result<(), Failure<LeavingRefused>> {
    let (organisation, user) = (ctx.actor.organisation(), ctx.actor.user());
    let mut work = app.begin(ctx).await?;
    store::lock(&mut work, organisation).await?;
    let member = store::membership(&mut work, organisation, user).await?;
    let asked_at = store::departure_asked_at(&mut work, organisation, user).await?;
    store::save_departure_withdrawn(&mut work, rules::withdraw_departure(member, asked_at)?).await?;
    work.commit().await?;
    Ok(())
}
