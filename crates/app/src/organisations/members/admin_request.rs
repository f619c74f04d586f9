//! A company nobody administers: a member asks its official address, which hands them a link (MEM-11, MEM-12).

use chrono::TimeDelta;
use iae_domain::actor::EmployerActor;
use iae_domain::ids::AdminRequestId;
use iae_domain::organisations::members::{self as rules, AdminRequestRefused};
use iae_domain::organisations::policy;

use super::{queries, store};
use crate::error::Error;
use crate::organisations::secret;
use crate::{App, Ctx, Failure};

/// How long a member waits before they ask the official address again: its mailbox is not theirs.
const ASKED_AGAIN: TimeDelta = TimeDelta::hours(1);

/// Asks. The same asked again within the hour sends nothing more.
pub async fn ask_to_administer(
    app: &App,
    ctx: &Ctx<EmployerActor>,
) -> Result<(), Failure<AdminRequestRefused>> {
    let company = policy::ask_to_administer(&ctx.actor)?;
    let mut work = app.begin(ctx).await?;
    store::lock(&mut work, company).await?;
    let member = store::membership(&mut work, company, ctx.actor.user).await?;
    let has_admins = store::has_admins(&mut work, company, None).await?;
    let has_address = store::has_official_address(&mut work, company).await?;
    let now = work.now();
    let request = rules::ask_to_administer(member, has_admins, has_address, now)?;
    let asker = request.value().member.id;
    if store::admin_asked_since(&mut work, asker, now - ASKED_AGAIN).await? {
        return Ok(());
    }
    store::insert_admin_request(&mut work, request, &secret()).await?;
    work.commit().await?;
    Ok(())
}

/// Whoever asked opened their link: they administer the company. To anyone else, or with another word than its own, the link
/// does not exist.
pub async fn take_over(
    app: &App,
    ctx: &Ctx<EmployerActor>,
    id: AdminRequestId,
    token: &str,
) -> Result<(), Failure<AdminRequestRefused>> {
    let (company, user) = (ctx.actor.organisation, ctx.actor.user);
    if queries::own_request(&app.db, id, company, user, token).await?.is_none() {
        return Err(Error::NotFound.into());
    }
    let mut work = app.begin(ctx).await?;
    store::lock(&mut work, company).await?;
    let life = store::lock_admin_request(&mut work, id).await?.ok_or(Error::NotFound)?;
    let member = store::membership(&mut work, company, user).await?;
    let has_admins = store::has_admins(&mut work, company, None).await?;
    let taken = rules::take_over(member, has_admins, life, work.now())?;
    store::save_taken_over(&mut work, id, taken).await?;
    work.commit().await?;
    Ok(())
}
