//! The team sends the invitation of an organisation again, or takes it back (rule book 01 §13).

use chrono::{DateTime, Utc};
use iae_domain::actor::StaffActor;
use iae_domain::ids::InvitationId;
use iae_domain::organisations::invitations::{Invitation, InvitationChangeRefused};
use iae_domain::staff::{StaffRight, SupportRemark, ensure};

use super::store;
use crate::error::{Error, Result};
use crate::organisations::members;
use crate::{App, Ctx, Failure, Work};

/// Sends it again, as a member would: to the same person, for as long.
pub async fn send_again_by_team(
    app: &App,
    ctx: &Ctx<StaffActor>,
    id: InvitationId,
) -> Result<(), Failure<InvitationChangeRefused>> {
    ensure(&ctx.actor, StaffRight::ChangeOrganisations)?;
    let mut work = app.begin(ctx).await?;
    let invitation = any(&mut work, id).await?;
    let host = store::host_of_team(&mut work, invitation.organisation, invitation.sender).await?;
    let sent = invitation.send_again(&host, work.now())?;
    store::save(&mut work, sent).await?;
    work.commit().await?;
    Ok(())
}

/// Takes it back, from what the form saw: when it was last sent (D32). Why is kept with it (STF-2).
pub async fn revoke_by_team(
    app: &App,
    ctx: &Ctx<StaffActor>,
    (id, seen): (InvitationId, Option<DateTime<Utc>>),
    remark: SupportRemark,
) -> Result<(), Failure<InvitationChangeRefused>> {
    ensure(&ctx.actor, StaffRight::ChangeOrganisations)?;
    let mut work = app.begin(ctx).await?;
    let invitation = any(&mut work, id).await?;
    let is_overtaken = seen != Some(invitation.sent_at);
    let revoked = invitation.revoke_by_team(remark, work.now())?;
    if is_overtaken {
        return Err(Error::Conflict.into());
    }
    store::save_taken_back(&mut work, revoked).await?;
    work.commit().await?;
    Ok(())
}

/// An invitation, under the lock of its organisation.
async fn any(work: &mut Work<'_>, id: InvitationId) -> Result<Invitation> {
    let (organisation, _) = store::place(work, id).await?.ok_or(Error::NotFound)?;
    members::store::lock(work, organisation).await?;
    store::lock(work, id).await?.ok_or(Error::NotFound)
}
