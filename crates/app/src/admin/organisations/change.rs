//! The team changes what is said of an organisation (rule book 01 §13).

use chrono::{DateTime, Utc};
use iae_domain::actor::StaffActor;
use iae_domain::ids::OrganisationId;
use iae_domain::organisations::team::{
    CompanyAsked, FoundConvention, TeamCard, TeamField, TeamRefused, Tended,
};
use iae_domain::staff::{RemarkOn, StaffRight, SupportRemark, ensure};
use sqlx::PgConnection;

use super::store;
use crate::error::Error;
use crate::organisations::store::{Hold, hold};
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
    let (tended, found) = held(&mut work, id, asked).await?;
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
    let (tended, found) = read(work.db(), id, asked).await?;
    work.rollback().await?;
    let previewed = tended.preview(card, asked, found.as_ref())?;
    if previewed.is_empty() { Err(Failure::Refused(TeamRefused::Unchanged)) } else { Ok(previewed) }
}

/// The organisation and the convention that is asked, held: neither changes until the transaction ends.
async fn held(
    work: &mut Work<'_>,
    id: OrganisationId,
    asked: &CompanyAsked,
) -> Result<(Tended, Option<FoundConvention>), Error> {
    let (_, found) = read(work.db(), id, asked).await?;
    hold(work, Hold::Changed, &[id], found.map(|convention| convention.id)).await?;
    read(work.db(), id, asked).await
}

/// The organisation, and the convention that is asked, if there is one.
async fn read(
    db: &mut PgConnection,
    id: OrganisationId,
    asked: &CompanyAsked,
) -> Result<(Tended, Option<FoundConvention>), Error> {
    let kind = store::company_kind(db, id).await?;
    let found = match kind.zip(asked.convention) {
        Some((kind, number)) => store::convention(db, kind, number).await?,
        None => None,
    };
    let tended = store::tended(db, id).await?.ok_or(Error::NotFound)?;
    Ok((tended, found))
}
