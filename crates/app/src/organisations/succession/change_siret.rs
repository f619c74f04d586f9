//! The team records that a structure has another SIRET.

use iae_domain::actor::StaffActor;
use iae_domain::ids::{OrganisationId, SuccessionId};
use iae_domain::organisations::succession::{
    Part, SiretChange, SiretWarning, SplitPart, Structure, SuccessionRefused,
};

use super::{may_record, store, structure};
use crate::error::Error;
use crate::organisations::store::{Hold, hold};
use crate::{App, Ctx, Failure};

/// What a change of SIRET would do.
#[derive(Debug)]
pub struct SiretPreview {
    /// The structure.
    pub structure: Structure,
    /// What is worth knowing of that SIRET.
    pub warnings: Vec<SiretWarning>,
    /// Those of another nature that have it already (CMP-4), each with what it is.
    pub others: Vec<String>,
    /// All that follows the structure, since it stays the same one.
    pub parts: Vec<Part>,
}

/// What changing the SIRET of a structure would do; or why it is not done.
pub async fn siret_preview(
    app: &App,
    ctx: &Ctx<StaffActor>,
    id: OrganisationId,
    asked: &SiretChange,
) -> Result<SiretPreview, Failure<SuccessionRefused>> {
    let structure = structure(app, ctx, id).await?;
    structure.change_siret(SuccessionId::at(ctx.now), asked.clone(), ctx.today()).map(drop)?;
    let holders = store::holders(&app.db, id, &asked.siret).await?;
    if holders.iter().any(|holder| holder.is_alike && !holder.is_replaced) {
        return Err(Failure::Refused(SuccessionRefused::SiretTaken));
    }
    let others = holders.into_iter().filter(|holder| !holder.is_replaced).map(|holder| holder.named);
    let others = others.collect();
    let parts = store::parts(&app.db, id, &SplitPart::default(), None).await?;
    Ok(SiretPreview { warnings: structure.warnings(&asked.siret), others, structure, parts })
}

/// Records it, when nothing changed since `seen` (D32): everything of the structure follows, its former SIRET still finds it.
pub async fn change_siret(
    app: &App,
    ctx: &Ctx<StaffActor>,
    (id, seen): (OrganisationId, &str),
    change: SiretChange,
) -> Result<(), Failure<SuccessionRefused>> {
    may_record(&ctx.actor)?;
    let mut work = app.begin(ctx).await?;
    hold(&mut work, Hold::Changed, &[id], None).await?;
    let structure = store::structure(work.db(), id).await?.ok_or(Error::NotFound)?;
    let succession = SuccessionId::at(work.now());
    let changed = structure.change_siret(succession, change, work.today())?;
    if structure.seen() != seen {
        return Err(Failure::Refused(SuccessionRefused::Overtaken));
    }
    store::save_siret(&mut work, changed, ctx.actor.user).await?;
    work.commit().await?;
    Ok(())
}
