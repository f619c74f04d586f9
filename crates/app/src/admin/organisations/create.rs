//! The team creates an organisation: nobody is in it yet, its first member is invited next (CMP-13, INS-1).

use iae_domain::actor::StaffActor;
use iae_domain::ids::OrganisationId;
use iae_domain::organisations::team::{self as rules, CreateCommand, TeamCard, TeamRefused};
use iae_domain::staff::{RemarkOn, StaffRight, SupportRemark, ensure};

use super::store;
use crate::staff::remarks;
use crate::{App, Ctx, Failure};

/// Creates it, once: of two who create the same at once, one does; sent twice, its form, which chose the id, is taken once.
pub async fn create(
    app: &App,
    ctx: &Ctx<StaffActor>,
    id: OrganisationId,
    (card, command): (TeamCard, CreateCommand),
    remark: &SupportRemark,
) -> Result<(), Failure<TeamRefused>> {
    ensure(&ctx.actor, StaffRight::ChangeOrganisations)?;
    let mut work = app.begin(ctx).await?;
    let found = match &command {
        CreateCommand::Company { kind, convention: Some(number), .. } => {
            store::hold_convention(&mut work, *kind, *number).await?
        }
        CreateCommand::Company { convention: None, .. }
        | CreateCommand::Prescriber { .. }
        | CreateCommand::Institution { .. } => None,
    };
    let created = rules::create(id, card, command, found.as_ref())?;
    store::insert(&mut work, created).await?;
    remarks::keep(&mut work, RemarkOn::Organisation(id), "organisation.created_by_team", remark).await?;
    work.commit().await?;
    Ok(())
}
