//! A DDETS chooses the share of the SIAE that is drawn, once (rule book 04 §1.4).

use iae_domain::actor::InspectorActor;
use iae_domain::control::{Ratio, StepRefused, policy};
use iae_domain::ids::ControlCampaignId;

use super::store;
use crate::error::Error;
use crate::{App, Ctx, Failure};

/// Settles the ratio. The campaign of another DDETS does not exist.
pub async fn set_ratio(
    app: &App,
    ctx: &Ctx<InspectorActor>,
    id: ControlCampaignId,
    ratio: Ratio,
) -> Result<(), Failure<StepRefused>> {
    let institution = policy::control(&ctx.actor)?;
    let mut work = app.begin(ctx).await?;
    let campaign = store::lock(&mut work, id).await?;
    let campaign = campaign.filter(|campaign| campaign.institution == institution).ok_or(Error::NotFound)?;
    let changed = campaign.set_ratio(ratio, work.now())?;
    store::save(&mut work, changed).await?;
    work.commit().await?;
    Ok(())
}
