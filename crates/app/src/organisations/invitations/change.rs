//! An invitation that waits is sent again, or taken back (D3).

use iae_domain::actor::Colleague;
use iae_domain::ids::InvitationId;
use iae_domain::organisations::invitations::{Invitation, InvitationChangeRefused, RevokedBecause};
use iae_domain::organisations::policy;

use super::store;
use crate::error::{Error, Result};
use crate::organisations::members;
use crate::{App, Ctx, Failure, Work};

/// Sends it again: any member may, as any may invite. It counts among those that wait, anew when it had expired.
pub async fn send_again(
    app: &App,
    ctx: &Ctx<Colleague>,
    id: InvitationId,
) -> Result<(), Failure<InvitationChangeRefused>> {
    let mut work = app.begin(ctx).await?;
    let invitation = own(&mut work, ctx, id).await?;
    let host = store::host(&mut work, &ctx.actor).await?;
    let sent = invitation.send_again(&host, work.now())?;
    store::save(&mut work, sent).await?;
    work.commit().await?;
    Ok(())
}

/// Takes it back: whoever sent it, or an administrator, may.
pub async fn revoke(
    app: &App,
    ctx: &Ctx<Colleague>,
    id: InvitationId,
) -> Result<(), Failure<InvitationChangeRefused>> {
    let mut work = app.begin(ctx).await?;
    let invitation = own(&mut work, ctx, id).await?;
    policy::revoke_invitation(&ctx.actor, invitation.sender)?;
    let revoked = invitation.revoke(RevokedBecause::Asked, work.now())?;
    store::save(&mut work, revoked).await?;
    work.commit().await?;
    Ok(())
}

/// An invitation of the organisation, under its lock; that of another one does not exist.
async fn own(work: &mut Work<'_>, ctx: &Ctx<Colleague>, id: InvitationId) -> Result<Invitation> {
    let organisation = ctx.actor.organisation();
    members::store::lock(work, organisation).await?;
    let invitation = store::lock(work, id).await?;
    let is_own = |invitation: &Invitation| invitation.organisation == organisation;
    invitation.filter(is_own).ok_or(Error::NotFound)
}
