//! The draw in two steps, that anyone can do again (rule book 04 §1.6; `docs/control-draw.md`).

use iae_domain::actor::StaffActor;
use iae_domain::control::{DrawnCompany, StepRefused, policy};
use iae_domain::ids::ControlCampaignId;
use iae_domain::text::Message;

use super::super::controls;
use super::store;
use crate::error::{Error, Result};
use crate::{App, Ctx, Db, Failure};

/// Freezes the list of what can be drawn, and publishes its hash with the name of a public value to come.
pub async fn freeze_list(
    app: &App,
    ctx: &Ctx<StaffActor>,
    id: ControlCampaignId,
    value_name: &Message<200>,
) -> Result<(), Failure<StepRefused>> {
    policy::turn(&ctx.actor)?;
    let mut work = app.begin(ctx).await?;
    let campaign = store::lock(&mut work, id).await?.ok_or(Error::NotFound)?;
    let now = work.now();
    let publish = |list: &_| campaign.clone().freeze_list(list, value_name.as_str().to_owned(), now);
    store::freeze_list(&mut work, &campaign, publish).await?;
    work.commit().await?;
    Ok(())
}

/// Draws with that value, once it is known: the SIAE and the DDETS are told. There is no second draw.
pub async fn launch(
    app: &App,
    ctx: &Ctx<StaffActor>,
    id: ControlCampaignId,
    value: &Message<200>,
) -> Result<(), Failure<StepRefused>> {
    policy::turn(&ctx.actor)?;
    let mut work = app.begin(ctx).await?;
    let campaign = store::lock(&mut work, id).await?.ok_or(Error::NotFound)?;
    let list = store::list(work.db(), id).await?;
    let launched = campaign.launch(&list, value.as_str().to_owned(), work.now())?;
    let campaign = store::save_launch(&mut work, launched).await?;
    controls::launch(&mut work, &campaign).await?;
    work.commit().await?;
    Ok(())
}

/// What comes of drawing again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verification {
    /// The SIAE were not drawn yet.
    NotDrawn,
    /// The list kept is not the one whose hash was published.
    ListTampered,
    /// What is controlled is not what the list and the value give.
    OtherSample,
    /// The same SIAE and the same hires.
    Same(Vec<DrawnCompany>),
}

/// Draws again from the list and the value that were kept, and compares. Not found when there is no such campaign.
pub async fn verify(db: &Db, id: ControlCampaignId) -> Result<Verification> {
    let (campaign, value) = store::read(db, id).await?.ok_or(Error::NotFound)?;
    let (Some(published), Some(value)) = (&campaign.list, value) else {
        return Ok(Verification::NotDrawn);
    };
    let list = store::list(db, id).await?;
    if list.digest() != published.digest {
        return Ok(Verification::ListTampered);
    }
    let drawn = list.draw(&value, campaign.ratio);
    let kept = store::sample(db, id).await?;
    Ok(if kept == drawn { Verification::Same(drawn) } else { Verification::OtherSample })
}
