//! SIAE and DDETS are reminded, once a day (rule book 04 §1.18): what is due stays due until it is done, and is done once.

use iae_domain::Actor;
use iae_domain::ids::ControlCampaignId;

use super::super::campaigns;
use super::store;
use crate::error::Result;
use crate::{App, Ctx};

/// Reminds all that is due, a campaign in a transaction of its own; answers how many mails it made a reason for. A
/// campaign that fails keeps no other from it, and the task fails in the end, to be tried again.
pub async fn remind_all(app: &App, ctx: &Ctx<Actor>) -> Result<u64> {
    let (mut reminded, mut failed) = (0, None);
    for campaign in campaigns::store::running(&app.db).await? {
        match remind_one(app, ctx, campaign).await {
            Ok(count) => reminded += count,
            Err(error) => {
                tracing::error!(%campaign, %error, "a campaign of control is not reminded");
                failed = Some(error);
            }
        }
    }
    failed.map_or(Ok(reminded), Err)
}

async fn remind_one(app: &App, ctx: &Ctx<Actor>, id: ControlCampaignId) -> Result<u64> {
    let mut work = app.begin(ctx).await?;
    let Some(campaign) = campaigns::store::lock(&mut work, id).await? else { return Ok(0) };
    let controls = store::of_campaign(work.db(), id).await?;
    let (now, today) = (work.now(), work.today());
    let Some(launched_at) = campaign.launched_at else { return Ok(0) };
    let due: Vec<_> = controls.iter().filter_map(|one| one.remind(launched_at, now, today)).collect();
    let mut reminded = due.len() as u64;
    for one in due {
        store::save_reminded(&mut work, one).await?;
    }
    if let Some(told) = campaign.remind(&controls, now, today) {
        campaigns::store::save(&mut work, told).await?;
        reminded += 1;
    }
    if reminded > 0 {
        work.commit().await?;
    }
    Ok(reminded)
}
