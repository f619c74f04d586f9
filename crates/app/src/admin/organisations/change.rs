//! The team changes what is said of an organisation (rule book 01 §13).

use chrono::{DateTime, Utc};
use iae_domain::actor::StaffActor;
use iae_domain::ids::OrganisationId;
use iae_domain::organisations::team::{
    CompanyAsked, FoundConvention, TeamCard, TeamField, TeamRefused, Tended,
};
use iae_domain::staff::{RemarkOn, StaffRight, SupportRemark, ensure};

use super::store;
use crate::error::Error;
use crate::staff::remarks;
use crate::{App, Ctx, Failure, Work};

/// Changes it, as it was seen at that time (D32).
pub async fn change(
    app: &App,
    ctx: &Ctx<StaffActor>,
    (id, seen): (OrganisationId, Option<DateTime<Utc>>),
    (card, asked): (TeamCard, &CompanyAsked),
    remark: &SupportRemark,
) -> Result<(), Failure<TeamRefused>> {
    ensure(&ctx.actor, StaffRight::ChangeOrganisations)?;
    let mut work = app.begin(ctx).await?;
    let (tended, found) = lock(&mut work, id, asked).await?;
    let changed = tended.change(seen, card, asked, found.as_ref())?;
    store::save(&mut work, changed).await?;
    remarks::keep(&mut work, RemarkOn::Organisation(id), "organisation.changed_by_team", remark).await?;
    work.commit().await?;
    Ok(())
}

/// What that would change, field by field: what is said now, what would be.
pub async fn preview(
    app: &App,
    ctx: &Ctx<StaffActor>,
    id: OrganisationId,
    (card, asked): (TeamCard, &CompanyAsked),
) -> Result<Vec<(TeamField, String, String)>, Failure<TeamRefused>> {
    ensure(&ctx.actor, StaffRight::ChangeOrganisations)?;
    let mut work = app.begin(ctx).await?;
    let (tended, found) = lock(&mut work, id, asked).await?;
    work.rollback().await?;
    let previewed = tended.preview(card, asked, found.as_ref())?;
    if previewed.is_empty() { Err(Failure::Refused(TeamRefused::Unchanged)) } else { Ok(previewed) }
}

/// The convention that is asked, then the organisation, in the order in which everyone locks.
async fn lock(
    work: &mut Work<'_>,
    id: OrganisationId,
    asked: &CompanyAsked,
) -> Result<(Tended, Option<FoundConvention>), Error> {
    let kind = store::company_kind(work, id).await?;
    let found = match kind.zip(asked.convention) {
        Some((kind, number)) => store::convention(work, kind, number).await?,
        None => None,
    };
    let tended = store::lock(work, id).await?.ok_or(Error::NotFound)?;
    Ok((tended, found))
}
