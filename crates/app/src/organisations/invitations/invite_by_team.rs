//! The team invites somebody into an organisation: the first one there, often (INS-1, rule book 01 §13).

use iae_domain::actor::StaffActor;
use iae_domain::ids::OrganisationId;
use iae_domain::organisations::invitations::{self as rules, InviteRefused, Invited};
use iae_domain::staff::{RemarkOn, StaffRight, SupportRemark, ensure};

use super::store;
use crate::organisations::members;
use crate::staff::remarks;
use crate::{App, Ctx, Failure};

/// Invites them: whoever is invited proves the address, and nobody joins in their place. The first one administers (MEM-3).
pub async fn invite_by_team(
    app: &App,
    ctx: &Ctx<StaffActor>,
    organisation: OrganisationId,
    person: Invited,
    remark: &SupportRemark,
) -> Result<(), Failure<InviteRefused>> {
    ensure(&ctx.actor, StaffRight::ChangeOrganisations)?;
    let mut work = app.begin(ctx).await?;
    members::store::lock(&mut work, organisation).await?;
    let host = store::host_of_team(&mut work, organisation, ctx.actor.user).await?;
    let people = store::known(&mut work, organisation, vec![person]).await?;
    let invited = rules::invite(&host, people, work.now())?;
    store::insert(&mut work, invited).await?;
    remarks::keep(&mut work, RemarkOn::Organisation(organisation), "invitation.sent", remark).await?;
    work.commit().await?;
    Ok(())
}
