//! Two prescriber organisations become one (rule book 01 §13).

use iae_domain::actor::StaffActor;
use iae_domain::ids::OrganisationId;
use iae_domain::organisations::merger::{self as rules, MergerCommand, MergerRefused, Merging};
use iae_domain::organisations::transfer::{Count, TransferKind, of};
use iae_domain::staff::{self, StaffRight, SupportRemark};

use super::store::{self, Report};
use super::{lock, preview, queries};
use crate::error::{Error, Result};
use crate::pass::prolongation;
use crate::{App, Ctx, Failure};

/// What would become of two organisations.
#[derive(Debug, Clone)]
pub struct MergerPreview {
    /// The one that would be closed.
    pub source: Merging,
    /// The one that would stay.
    pub target: Merging,
    /// What would move.
    pub counts: Vec<Count>,
    /// Members of both, by name: of each, one membership stays.
    pub doubles: Vec<String>,
}

/// What would move, for the team; none when one of them is no prescriber organisation.
pub async fn preview_merger(
    app: &App,
    ctx: &Ctx<StaffActor>,
    source: OrganisationId,
    target: OrganisationId,
) -> Result<Option<MergerPreview>> {
    staff::ensure(&ctx.actor, StaffRight::MergeOrganisations)?;
    let Some((source, target)) = queries::merging(&app.db, source, target).await? else { return Ok(None) };
    let parties = ((source.party.id, source.party.kind), (target.party.id, target.party.kind));
    let counts = preview(&app.db, parties.0, parties.1).await?;
    let doubles = queries::doubles(&app.db, source.party.id, target.party.id).await?;
    Ok(Some(MergerPreview { source, target, counts, doubles }))
}

/// Moves all that one has to the other, and closes it; the administrators of both are told.
pub async fn merge(
    app: &App,
    ctx: &Ctx<StaffActor>,
    id: OrganisationId,
    (asked, remark): (&MergerCommand, &SupportRemark),
) -> Result<(), Failure<MergerRefused>> {
    staff::ensure(&ctx.actor, StaffRight::MergeOrganisations)?;
    if id == asked.target {
        return Err(Failure::Refused(MergerRefused::Same));
    }
    let mut work = app.begin(ctx).await?;
    lock(&mut work, id, asked.target).await?;
    let (source, target) = queries::merging(work.db(), id, asked.target).await?.ok_or(Error::NotFound)?;
    let (from, into) = ((id, source.party.kind), (asked.target, target.party.kind));
    let counts = preview(work.db(), from, into).await?;
    let merged = rules::merge(&source, &target, &counts, asked, work.today())?;
    let moved = of(&counts, &merged.value().plan.categories);
    let report = Report { kind: TransferKind::Merger, moved, closes_source: true, remark };
    let merged = store::save_merged(&mut work, merged, &report).await?;
    if merged.returns_requests {
        prolongation::give_back(&mut work, merged.plan.target).await?;
    }
    work.commit().await?;
    Ok(())
}
