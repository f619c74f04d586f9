//! Another NIR is asked of the team, who accepts or refuses (CNR-1 to CNR-3).

mod queries;
mod store;

use iae_domain::Actor;
use iae_domain::actor::StaffActor;
use iae_domain::budget::Budget;
use iae_domain::candidates::policy;
use iae_domain::candidates::{AskCorrection, CorrectionRefused, CorrectionVerdict, decide_correction};
use iae_domain::ids::NirCorrectionId;
use iae_domain::staff::{StaffRight, ensure};

pub use queries::{
    CorrectionPage, LastCorrection, OPEN_SHOWN, OpenCorrection, correction, last_correction,
    open_corrections, waiting,
};

use super::store::standing;
use crate::budgets::spend;
use crate::error::{Error, Result};
use crate::{App, Ctx, Failure};

/// Asks the team to correct the NIR. A file the actor may not open is not found, one they see masked is denied. A
/// second post of the form finds the first.
pub async fn ask(
    app: &App,
    ctx: &Ctx<Actor>,
    asked: AskCorrection,
) -> Result<(), Failure<CorrectionRefused>> {
    policy::change_files(&ctx.actor)?;
    // Whether someone has this NIR already is an answer.
    spend(app, ctx, Budget::LookUp).await?;
    let mut work = app.begin(ctx).await?;
    let standing = standing(&mut work, asked.candidate).await?.ok_or(Error::NotFound)?;
    super::update::author(&ctx.actor, &standing)?;
    let facts = store::lock_facts(&mut work, asked.candidate, &asked.nir).await?;
    if store::is_asked(&mut work, &asked).await? {
        return Ok(());
    }
    let by = (work.by.user.ok_or(Error::NotFound)?, work.by.organisation);
    let asked = asked.ask(&facts, by, work.now())?;
    store::insert(&mut work, asked).await?;
    work.commit().await?;
    Ok(())
}

/// Accepts or refuses the request; whoever asked is told why it is refused.
pub async fn decide(
    app: &App,
    ctx: &Ctx<StaffActor>,
    id: NirCorrectionId,
    verdict: CorrectionVerdict,
) -> Result<(), Failure<CorrectionRefused>> {
    ensure(&ctx.actor, StaffRight::ChangeUsers)?;
    let mut work = app.begin(ctx).await?;
    let correction = store::asked(&mut work, id).await?.ok_or(Error::NotFound)?;
    let mut facts = store::lock_facts(&mut work, correction.asked.candidate, &correction.asked.nir).await?;
    facts.is_pending = store::is_open(&mut work, id).await?;
    store::save(&mut work, decide_correction(correction, verdict, &facts)?).await?;
    work.commit().await?;
    Ok(())
}
