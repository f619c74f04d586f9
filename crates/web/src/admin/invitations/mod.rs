//! `/admin/invitations`: the invitations of all organisations, for the team (rule book 01 §13).

mod index;
mod revocation;
mod search;
mod sending;
mod show;

use iae_app::organisations::invitations::queries::{TeamInvitation, of_any};
use iae_app::{App, Ctx, Error};
use iae_domain::actor::StaffActor;
use iae_domain::ids::InvitationId;
use iae_domain::organisations::invitations::InvitationState;
use iae_domain::staff::{StaffRight, ensure};

use crate::applications::state_badge::StateBadge;
use crate::error::{PageError, PageResult};
use crate::routing::Routes;

/// The routes of the feature.
pub(super) fn routes() -> Routes {
    Routes::new()
        .get(index::get)
        .post(search::post)
        .get(show::get)
        .post(sending::post)
        .get(revocation::get)
        .post(revocation::post)
}

/// Whoever does not hold this right meets the page that says so (STF-1).
fn may(ctx: &Ctx<StaffActor>, right: StaffRight) -> PageResult<()> {
    ensure(&ctx.actor, right).map_err(|denied| Error::from(denied).into())
}

/// One of them, for whoever may read it.
async fn found(app: &App, ctx: &Ctx<StaffActor>, id: InvitationId) -> PageResult<TeamInvitation> {
    may(ctx, StaffRight::ReadOrganisations)?;
    of_any(app, id).await?.ok_or(PageError::NotFound)
}

/// The badge of where one stands.
const fn badge(state: InvitationState) -> StateBadge {
    let (tone, icon) = match state {
        InvitationState::Pending => ("info", "hourglass"),
        InvitationState::Accepted => ("success", "circle-check"),
        InvitationState::Revoked => ("neutral", "ban"),
        InvitationState::Expired => ("warning", "clock"),
    };
    StateBadge { label: state.label(), tone, icon }
}
