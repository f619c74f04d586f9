//! The team gives a part of a structure to another one, which may be created for it.

use chrono::NaiveDate;
use iae_domain::actor::StaffActor;
use iae_domain::ids::{OrganisationId, SuccessionId};
use iae_domain::organisations::succession::{
    Founded, Part, SplitPart, Structure, SuccessionRefused, version_of_split,
};
use iae_domain::staff::SupportRemark;

use super::queries::{self, Chosen};
use super::{may_record, store, structure};
use crate::error::{Error, Result};
use crate::organisations::store::{Hold, hold, hold_people};
use crate::{App, Ctx, Failure};

/// Where the part goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SplitTarget {
    /// To a structure that exists.
    Known(OrganisationId),
    /// To one that is created for it.
    New(Founded),
}

/// What a split would do.
#[derive(Debug)]
pub struct SplitPreview {
    /// The structure.
    pub source: Structure,
    /// The one that would take the part.
    pub target: Structure,
    /// Whether it would be created.
    pub is_new: bool,
    /// What would leave, and what would stay.
    pub parts: Vec<Part>,
    /// Applications for several posts of which some leave: they stay.
    pub mixed: i64,
    /// What the page says it saw (D32).
    pub seen: String,
}

/// What is asked.
#[derive(Debug)]
pub struct SplitCommand {
    /// Where the part goes.
    pub target: SplitTarget,
    /// What of the structure.
    pub part: SplitPart,
    /// The day it took effect.
    pub effective_on: NaiveDate,
    /// Why the team records it.
    pub remark: SupportRemark,
}

/// What giving a part of a structure would do; or why it is not done.
pub async fn split_preview(
    app: &App,
    ctx: &Ctx<StaffActor>,
    id: OrganisationId,
    asked: &SplitCommand,
) -> Result<SplitPreview, Failure<SuccessionRefused>> {
    let source = structure(app, ctx, id).await?;
    let new = OrganisationId::at(ctx.now);
    let (target, is_new) = match &asked.target {
        SplitTarget::Known(target) => {
            (store::structure(&app.db, *target).await?.ok_or(SuccessionRefused::NotCompany)?, false)
        }
        SplitTarget::New(founded) => {
            if store::is_taken(&app.db, id, &founded.siret).await?
                || source.siret.as_ref() == Some(&founded.siret)
            {
                return Err(Failure::Refused(SuccessionRefused::SiretTaken));
            }
            (source.founded(new, founded)?, true)
        }
    };
    let own = queries::pieces(&app.db, id).await?;
    let Chosen { part, administrators } = own.chosen(&asked.part).ok_or(SuccessionRefused::NotItsOwn)?;
    let terms = (SuccessionId::at(ctx.now), asked.effective_on, asked.remark.clone());
    source.split_off(&target, terms, (part.clone(), administrators), ctx.today()).map(drop)?;
    let parts = store::parts(&app.db, id, &part, (!is_new).then_some(target.id)).await?;
    let mixed = store::mixed(&app.db, id, &part.posts).await?;
    let seen = version_of_split(&source, (!is_new).then_some(&target), &parts);
    Ok(SplitPreview { source, target, is_new, parts, mixed, seen })
}

/// Gives it, when nothing changed since `seen` (D32). The structure that took it is answered.
pub async fn split(
    app: &App,
    ctx: &Ctx<StaffActor>,
    (id, seen): (OrganisationId, &str),
    asked: SplitCommand,
) -> Result<OrganisationId, Failure<SuccessionRefused>> {
    may_record(&ctx.actor)?;
    let mut work = app.begin(ctx).await?;
    let user = ctx.actor.user;
    hold_people(&mut work, id).await?;
    let known = match &asked.target {
        SplitTarget::Known(target) => Some(*target),
        SplitTarget::New(_) => None,
    };
    let both: Vec<OrganisationId> = [Some(id), known].into_iter().flatten().collect();
    hold(&mut work, Hold::Moved, &both, None).await?;
    let source = store::structure(work.db(), id).await?.ok_or(Error::NotFound)?;
    let own = queries::pieces(work.db(), id).await?;
    let Chosen { part, administrators } = own.chosen(&asked.part).ok_or(SuccessionRefused::NotItsOwn)?;
    let parts = store::parts(work.db(), id, &part, known).await?;
    let target = match &asked.target {
        SplitTarget::Known(target) => {
            store::structure(work.db(), *target).await?.ok_or(SuccessionRefused::NotCompany)?
        }
        SplitTarget::New(founded) => source.founded(OrganisationId::at(work.now()), founded)?,
    };
    if version_of_split(&source, known.map(|_| &target), &parts) != seen {
        return Err(Failure::Refused(SuccessionRefused::Overtaken));
    }
    let terms = (SuccessionId::at(work.now()), asked.effective_on, asked.remark);
    let changed = source.split_off(&target, terms, (part, administrators), work.today())?;
    if known.is_none() {
        store::found(&mut work, &changed, &target).await?;
    }
    store::save_split(&mut work, changed, (&source, &target, &parts), user).await?;
    work.commit().await?;
    Ok(target.id)
}
