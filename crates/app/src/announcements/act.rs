//! The team publishes an announcement, changes it, withdraws it: pages of this process show it at once.

use chrono::{DateTime, Utc};
use iae_domain::actor::StaffActor;
use iae_domain::announcements::{self as rules, AnnouncementRefused, Notice};
use iae_domain::ids::AnnouncementId;
use iae_domain::staff::{StaffRight, ensure};

use super::{refresh, store};
use crate::error::Error;
use crate::{App, Ctx, Failure};

/// Publishes it, once however often its form is sent: the form chose the id. Sent again with other words, from a page one came back
/// to, it is not: it would seem to be published with these (D32).
pub async fn publish(
    app: &App,
    ctx: &Ctx<StaffActor>,
    id: AnnouncementId,
    notice: Notice,
) -> Result<(), Failure<AnnouncementRefused>> {
    ensure(&ctx.actor, StaffRight::Announce)?;
    let mut work = app.begin(ctx).await?;
    if let Some(there) = store::lock(&mut work, id).await? {
        return there.published_as(&notice).map_err(Failure::Refused);
    }
    let published = rules::publish(id, notice, ctx.actor.user, work.now())?;
    if !store::insert(&mut work, published).await? {
        return Ok(());
    }
    work.commit().await?;
    refresh::again(app).await;
    Ok(())
}

/// Changes what it says, from what the form saw (D32). The same sent twice is done once.
pub async fn change(
    app: &App,
    ctx: &Ctx<StaffActor>,
    (id, seen): (AnnouncementId, Option<DateTime<Utc>>),
    notice: Notice,
) -> Result<(), Failure<AnnouncementRefused>> {
    ensure(&ctx.actor, StaffRight::Announce)?;
    let mut work = app.begin(ctx).await?;
    let announcement = store::lock(&mut work, id).await?.ok_or(Error::NotFound)?;
    let is_overtaken = seen != Some(announcement.changed_at) && announcement.notice != notice;
    let changed = announcement.change(notice, work.now())?;
    if is_overtaken {
        return Err(Failure::Refused(AnnouncementRefused::Overtaken));
    }
    let Some(changed) = changed else { return Ok(()) };
    store::save(&mut work, changed).await?;
    work.commit().await?;
    refresh::again(app).await;
    Ok(())
}

/// Shows it to nobody any more, from what the form saw (D32).
pub async fn withdraw(
    app: &App,
    ctx: &Ctx<StaffActor>,
    (id, seen): (AnnouncementId, Option<DateTime<Utc>>),
) -> Result<(), Failure<AnnouncementRefused>> {
    ensure(&ctx.actor, StaffRight::Announce)?;
    let mut work = app.begin(ctx).await?;
    let announcement = store::lock(&mut work, id).await?.ok_or(Error::NotFound)?;
    let is_overtaken = seen != Some(announcement.changed_at);
    let withdrawn = announcement.withdraw(work.now())?;
    if is_overtaken {
        return Err(Failure::Refused(AnnouncementRefused::Overtaken));
    }
    store::save(&mut work, withdrawn).await?;
    work.commit().await?;
    refresh::again(app).await;
    Ok(())
}
