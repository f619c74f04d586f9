//! The team turns the active flag of the convention of a company (CMP-10).

use iae_domain::actor::StaffActor;
use iae_domain::ids::OrganisationId;
use iae_domain::organisations::team::{ConventionAct, ConventionRefused};
use iae_domain::staff::{RemarkOn, StaffRight, SupportRemark, ensure};

use super::store;
use crate::error::Error;
use crate::staff::remarks;
use crate::{App, Ctx, Failure};

/// Turns it, as it was seen (D32): for the company, and for all those that share it.
pub async fn turn(
    app: &App,
    ctx: &Ctx<StaffActor>,
    company: OrganisationId,
    (act, seen): (ConventionAct, &str),
    remark: &SupportRemark,
) -> Result<(), Failure<ConventionRefused>> {
    ensure(&ctx.actor, StaffRight::ChangeOrganisations)?;
    let mut work = app.begin(ctx).await?;
    let convention = store::lock_convention(&mut work, company).await?.ok_or(Error::NotFound)?;
    let turned = convention.turn(act, seen, ctx.actor.user, work.now())?;
    store::save_convention(&mut work, turned).await?;
    let event = match act {
        ConventionAct::Deactivate => "convention.deactivated_by_team",
        ConventionAct::Reactivate => "convention.reactivated_by_team",
    };
    remarks::keep(&mut work, RemarkOn::Organisation(company), event, remark).await?;
    work.commit().await?;
    Ok(())
}
