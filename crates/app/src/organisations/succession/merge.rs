//! The team merges a structure into another one, which takes everything of it.

use chrono::NaiveDate;
use iae_domain::actor::StaffActor;
use iae_domain::ids::{OrganisationId, SuccessionId};
use iae_domain::organisations::succession::{
    Structure, SuccessionRefused, merged_categories, version_of_merger,
};
use iae_domain::organisations::transfer::{Category, Count};
use iae_domain::staff::SupportRemark;

use super::{may_record, store, structure};
use crate::error::{Error, Result};
use crate::organisations::transfer;
use crate::{App, Ctx, Failure};

/// What a merger would do.
#[derive(Debug)]
pub struct MergerPreview {
    /// What would be closed.
    pub source: Structure,
    /// What would take everything.
    pub target: Structure,
    /// What would move.
    pub counts: Vec<Count>,
    /// Controls, which stay under the name of the structure that was controlled.
    pub controls: u32,
    /// What the page says it saw (D32).
    pub seen: String,
}

/// What is asked.
#[derive(Debug)]
pub struct MergerCommand {
    /// What takes everything.
    pub target: OrganisationId,
    /// The day it took effect.
    pub effective_on: NaiveDate,
    /// Why the team records it.
    pub remark: SupportRemark,
}

/// What merging a structure into another one would do; or why it is not done.
pub async fn merger_preview(
    app: &App,
    ctx: &Ctx<StaffActor>,
    id: OrganisationId,
    asked: &MergerCommand,
) -> Result<MergerPreview, Failure<SuccessionRefused>> {
    let source = structure(app, ctx, id).await?;
    let target = store::structure(&app.db, asked.target).await?.ok_or(SuccessionRefused::NotCompany)?;
    let terms = (SuccessionId::at(ctx.now), asked.effective_on, asked.remark.clone());
    source.merge_into(&target, terms, ctx.today()).map(drop)?;
    let all = counts(&app.db, &source, &target).await?;
    let seen = version_of_merger(&source, &target, &all);
    let controls = all.iter().find(|count| count.category == Category::Controls);
    let controls = controls.map(|count| count.moved.saturating_add(count.left)).unwrap_or_default();
    Ok(MergerPreview { counts: moving(&source, &target, all)?, controls, source, target, seen })
}

/// Merges it, when nothing changed since `seen` (D32): what comes to it between the preview and this is seen before it moves.
pub async fn merge(
    app: &App,
    ctx: &Ctx<StaffActor>,
    (id, seen): (OrganisationId, &str),
    asked: MergerCommand,
) -> Result<(), Failure<SuccessionRefused>> {
    may_record(&ctx.actor)?;
    if id == asked.target {
        return Err(Failure::Refused(SuccessionRefused::SameStructure));
    }
    let mut work = app.begin(ctx).await?;
    transfer::lock(&mut work, id, asked.target).await?;
    let source = store::structure(work.db(), id).await?.ok_or(Error::NotFound)?;
    let target = store::structure(work.db(), asked.target).await?.ok_or(SuccessionRefused::NotCompany)?;
    let terms = (SuccessionId::at(work.now()), asked.effective_on, asked.remark);
    let merged = source.merge_into(&target, terms, work.today())?;
    let all = counts(work.db(), &source, &target).await?;
    if version_of_merger(&source, &target, &all) != seen {
        return Err(Failure::Refused(SuccessionRefused::Overtaken));
    }
    let moving = moving(&source, &target, all)?;
    store::save_merger(&mut work, merged, (&source, &target, &moving), ctx.actor.user).await?;
    work.commit().await?;
    Ok(())
}

/// All that the structure has.
async fn counts(
    db: impl sqlx::PgExecutor<'_>,
    source: &Structure,
    target: &Structure,
) -> Result<Vec<Count>, Failure<SuccessionRefused>> {
    let (Some(own), Some(theirs)) = (&source.company, &target.company) else {
        return Err(Failure::Refused(SuccessionRefused::NotCompany));
    };
    Ok(transfer::preview(db, (source.id, own.party()), (target.id, theirs.party())).await?)
}

/// What of it moves.
fn moving(source: &Structure, target: &Structure, all: Vec<Count>) -> Result<Vec<Count>, SuccessionRefused> {
    let (Some(own), Some(theirs)) = (&source.company, &target.company) else {
        return Err(SuccessionRefused::NotCompany);
    };
    let categories = merged_categories(own, theirs);
    Ok(all.into_iter().filter(|count| categories.contains(&count.category)).collect())
}
