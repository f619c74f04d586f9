//! The turns of a campaign, each an act of the team, once and in order (rule book 04 §1.12, EXT 3). What a turn would do is told by
//! [`super::queries::forecast`], which decides alike.

use iae_domain::actor::StaffActor;
use iae_domain::control::{CampaignPhase, CampaignTurn, StepRefused, policy};
use iae_domain::ids::ControlCampaignId;

use super::super::controls;
use super::store;
use crate::error::Error;
use crate::{App, Ctx, Failure};

/// Does a turn, of a campaign that was seen in this phase: it does not come twice, nor in the next phase (D32). The campaign, each
/// of its controls, the audit rows and the mails are written together or not at all.
pub async fn turn(
    app: &App,
    ctx: &Ctx<StaffActor>,
    id: ControlCampaignId,
    turn: CampaignTurn,
    seen: Option<CampaignPhase>,
) -> Result<(), Failure<StepRefused>> {
    policy::turn(&ctx.actor)?;
    let mut work = app.begin(ctx).await?;
    let campaign = store::lock(&mut work, id).await?.ok_or(Error::NotFound)?;
    if seen.is_some_and(|seen| seen != campaign.phase()) {
        return Err(StepRefused::Done.into());
    }
    let controls = controls::store::of_campaign(work.db(), id).await?;
    let turning = campaign.turn(turn, &controls, work.now(), work.today())?;
    let turning = store::save_turning(&mut work, turning).await?;
    controls::store::save_turned(&mut work, &turning.controls).await?;
    work.commit().await?;
    Ok(())
}
