//! The team opens the campaigns of a period, for every DDETS or for some (rule book 04 §1.3).

use iae_domain::actor::StaffActor;
use iae_domain::control::{Calendar, ControlCampaign, StepRefused, policy};
use iae_domain::ids::{ControlCampaignId, OrganisationId};
use iae_domain::time::Period;

use super::store;
use crate::{App, Ctx, Failure};

/// What the team posts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCampaigns {
    /// Contracts that are controlled, by their first day.
    pub hired: Period,
    /// The days of the campaigns.
    pub calendar: Calendar,
    /// The DDETS, every one when none is named.
    pub institutions: Vec<OrganisationId>,
    /// The team read that some of them control some of these days already (EXT 1).
    pub overlap_is_confirmed: bool,
}

/// Opens them all at once; the same form posted twice overlaps itself. What is no DDETS IAE opens nothing. Gives the campaigns.
pub async fn open(
    app: &App,
    ctx: &Ctx<StaffActor>,
    new: NewCampaigns,
) -> Result<Vec<ControlCampaignId>, Failure<StepRefused>> {
    policy::turn(&ctx.actor)?;
    let mut work = app.begin(ctx).await?;
    let institutions = store::lock_ddets(&mut work, &new.institutions).await?;
    let overlapping = store::overlapping(&mut work, &institutions, new.hired).await?;
    let mut opened = Vec::with_capacity(institutions.len());
    for institution in institutions {
        opened.push(ControlCampaign::open(
            ControlCampaignId::at(work.now()),
            institution,
            (new.calendar, new.hired),
            overlapping.contains(&institution),
            new.overlap_is_confirmed,
        )?);
    }
    let ids = opened.iter().map(|campaign| campaign.value().id).collect();
    store::insert_all(&mut work, opened, new.calendar, &ControlCampaign::name(new.hired)).await?;
    work.commit().await?;
    Ok(ids)
}
