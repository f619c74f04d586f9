//! The team lets a company be found, or keeps it from being found; a facilitator that it lets be found is verified (CMP-16, SGN-16).

use iae_domain::actor::StaffActor;
use iae_domain::ids::OrganisationId;
use iae_domain::organisations::team::SightRefused;
use iae_domain::staff::{RemarkOn, StaffRight, SupportRemark, ensure};

use super::store;
use crate::error::Error;
use crate::staff::remarks;
use crate::{App, Ctx, Failure};

/// Turns it, as it was seen (D32).
pub async fn turn(
    app: &App,
    ctx: &Ctx<StaffActor>,
    company: OrganisationId,
    was_searchable: bool,
    remark: &SupportRemark,
) -> Result<(), Failure<SightRefused>> {
    ensure(&ctx.actor, StaffRight::ChangeOrganisations)?;
    let mut work = app.begin(ctx).await?;
    let sight = store::lock_sight(&mut work, company).await?.ok_or(Error::NotFound)?;
    let act = match (sight.is_searchable, sight.is_facilitator()) {
        (true, _) => "organisation.hidden_by_team",
        (false, true) => "organisation.facilitator_verified",
        (false, false) => "organisation.shown_by_team",
    };
    let turned = sight.turn(was_searchable)?;
    store::save_sight(&mut work, turned).await?;
    remarks::keep(&mut work, RemarkOn::Organisation(company), act, remark).await?;
    work.commit().await?;
    Ok(())
}
