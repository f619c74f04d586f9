//! Somebody accepts an invitation: never by opening its link (INV-8, INV-10).

use iae_domain::accounts::switched_organisation;
use iae_domain::actor::ActorRecord;
use iae_domain::ids::{InvitationId, OrganisationId, UserId};
use iae_domain::organisations::invitations::AcceptInvitationRefused;
use iae_domain::organisations::members::Road;

use super::store;
use crate::error::Error;
use crate::organisations::members;
use crate::{App, Ctx, Failure};

/// Somebody who joined.
#[derive(Debug, Clone, Copy)]
pub struct Arrived {
    /// Where.
    pub organisation: OrganisationId,
    /// Whether they had come by this very invitation already: nothing more was done (INV-10).
    pub before: bool,
}

/// Accepts it, and acts for its organisation from then on: the session is the caller's to change. To whoever has neither its
/// address nor the word of its link, it does not exist.
pub async fn accept(
    app: &App,
    ctx: &Ctx<ActorRecord>,
    user: UserId,
    id: InvitationId,
    token: &str,
) -> Result<Arrived, Failure<AcceptInvitationRefused>> {
    let mut work = app.begin(ctx).await?;
    let (organisation, word) = store::place(&mut work, id).await?.ok_or(Error::NotFound)?;
    members::store::lock(&mut work, organisation).await?;
    let invitation = store::lock(&mut work, id).await?.ok_or(Error::NotFound)?;
    let guest = members::store::guest(&mut work, user).await?.ok_or(Error::NotFound)?;
    if guest.email.as_ref() != Some(&invitation.email) && token != word {
        return Err(Error::NotFound.into());
    }
    let came_by_it = invitation.accepted.is_some_and(|(_, by)| by == user);
    let there = members::store::membership(&mut work, organisation, user).await?;
    if came_by_it && there.is_some_and(|there| there.is_active) {
        return Ok(Arrived { organisation, before: true });
    }
    let is_open = members::store::is_open(&mut work, organisation).await?;
    let accepted = invitation.accept(&guest, is_open, work.now())?;
    store::save(&mut work, accepted).await?;
    let joined = members::add_or_activate(&mut work, organisation, user, Road::Invitation, None).await;
    joined.map_err(Failure::within)?;
    work.keep(switched_organisation(user, organisation));
    work.commit().await?;
    Ok(Arrived { organisation, before: false })
}
