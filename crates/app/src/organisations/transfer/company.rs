//! What a company has goes to another one (rule book 01 §13).

use iae_domain::actor::StaffActor;
use iae_domain::ids::OrganisationId;
use iae_domain::organisations::transfer::{
    self as rules, Count, Party, TransferCommand, TransferKind, TransferRefused, of,
};
use iae_domain::staff::{self, StaffRight, SupportRemark};

use super::store::{self, Report};
use super::{lock, preview, queries};
use crate::error::{Error, Result};
use crate::{App, Ctx, Failure};

/// What a company could transfer to another one.
#[derive(Debug, Clone)]
pub struct TransferPreview {
    /// What it would leave.
    pub source: Party,
    /// What it would come to.
    pub target: Party,
    /// What there is.
    pub counts: Vec<Count>,
    /// Members of both, by name.
    pub doubles: Vec<String>,
}

impl TransferPreview {
    /// Why what is asked would not be done, before it is confirmed.
    pub fn check(&self, asked: &TransferCommand) -> Result<(), TransferRefused> {
        rules::transfer(&self.source, &self.target, &self.counts, asked).map(drop)
    }
}

/// What could move, for the team; none when one of them is an institution, or not there.
pub async fn preview_transfer(
    app: &App,
    ctx: &Ctx<StaffActor>,
    source: OrganisationId,
    target: OrganisationId,
) -> Result<Option<TransferPreview>> {
    staff::ensure(&ctx.actor, StaffRight::MergeOrganisations)?;
    let Some((source, target)) = queries::parties(&app.db, source, target).await? else { return Ok(None) };
    let counts = preview(&app.db, (source.id, source.kind), (target.id, target.kind)).await?;
    let doubles = queries::doubles(&app.db, source.id, target.id).await?;
    Ok(Some(TransferPreview { source, target, counts, doubles }))
}

/// Moves what was chosen, and disables the source when that was.
pub async fn transfer(
    app: &App,
    ctx: &Ctx<StaffActor>,
    id: OrganisationId,
    (asked, remark): (&TransferCommand, &SupportRemark),
) -> Result<(), Failure<TransferRefused>> {
    staff::ensure(&ctx.actor, StaffRight::MergeOrganisations)?;
    if id == asked.target {
        return Err(Failure::Refused(TransferRefused::Same));
    }
    let mut work = app.begin(ctx).await?;
    lock(&mut work, id, asked.target).await?;
    let (source, target) = queries::parties(work.db(), id, asked.target).await?.ok_or(Error::NotFound)?;
    let counts = preview(work.db(), (id, source.kind), (asked.target, target.kind)).await?;
    let planned = rules::transfer(&source, &target, &counts, asked)?;
    let report = Report {
        kind: TransferKind::Transfer,
        moved: of(&counts, &asked.categories),
        closes_source: asked.disable_source,
        remark,
    };
    store::save_transfer(&mut work, planned, &report).await?;
    work.commit().await?;
    Ok(())
}
