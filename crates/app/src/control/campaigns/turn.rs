//! The turns of a campaign, each an act of the team, once and in order (rule book 04 §1.12, EXT 3). A preview does it all but the
//! writing: what it tells is what will be done, unless someone acts meanwhile.

use iae_domain::Changed;
use iae_domain::actor::StaffActor;
use iae_domain::control::{CampaignPhase, CampaignTurn, Control, StepRefused, Turning, policy};
use iae_domain::ids::ControlCampaignId;

use super::super::controls;
use super::store;
use crate::error::Error;
use crate::{App, Ctx, Failure, Work};

/// What a turn would do.
#[derive(Debug, Clone)]
pub struct Preview {
    /// The controls of the campaign, as they are.
    pub controls: Vec<Control>,
    /// What it would make of them.
    pub turning: Turning,
}

/// Does a turn, of a campaign that was seen in this phase: it does not come twice, nor in the next phase (D32). The campaign, each of its controls, the audit rows and the mails are written together or not at all.
pub async fn turn(
    app: &App,
    ctx: &Ctx<StaffActor>,
    id: ControlCampaignId,
    turn: CampaignTurn,
    seen: Option<CampaignPhase>,
) -> Result<(), Failure<StepRefused>> {
    let mut work = app.begin(ctx).await?;
    let (_, turning) = decide(&mut work, ctx, id, turn, seen).await?;
    let turning = store::save_turning(&mut work, turning).await?;
    controls::store::save_turned(&mut work, &turning.controls).await?;
    work.commit().await?;
    Ok(())
}

/// The same decision as [`turn`], with nothing written.
pub async fn preview(
    app: &App,
    ctx: &Ctx<StaffActor>,
    id: ControlCampaignId,
    turn: CampaignTurn,
) -> Result<Preview, Failure<StepRefused>> {
    let mut work = app.begin(ctx).await?;
    let (controls, turning) = decide(&mut work, ctx, id, turn, None).await?;
    work.rollback().await?;
    Ok(Preview { controls, turning: turning.value().clone() })
}

async fn decide(
    work: &mut Work<'_>,
    ctx: &Ctx<StaffActor>,
    id: ControlCampaignId,
    turn: CampaignTurn,
    seen: Option<CampaignPhase>,
) -> Result<(Vec<Control>, Changed<Turning>), Failure<StepRefused>> {
    policy::turn(&ctx.actor)?;
    let campaign = store::lock(work, id).await?.ok_or(Error::NotFound)?;
    if seen.is_some_and(|seen| seen != campaign.phase()) {
        return Err(StepRefused::Done.into());
    }
    let controls = controls::store::of_campaign(work.db(), id).await?;
    let turning = campaign.turn(turn, &controls, work.now(), work.today())?;
    Ok((controls, turning))
}
