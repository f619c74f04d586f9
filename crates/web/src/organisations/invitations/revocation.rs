//! `GET /invitations/{id}/revocation`: asks before an invitation is taken back (D3).

use askama::Template;
use axum::extract::State;
use iae_app::Error;
use iae_app::organisations::invitations::queries::{OpenInvitation, open};
use iae_domain::organisations::policy::revoke_invitation;

use crate::error::{PageError, PageResult, ok};
use crate::filters;
use crate::layout::Layout;
use crate::organisations::members::Member;
use crate::paths::InvitationRevocationPath;
use crate::state::WebState;

/// The page.
#[derive(Template)]
#[template(path = "organisations/invitations/revocation.html")]
pub struct RevocationPage {
    layout: Layout,
    invitation: OpenInvitation,
}

/// Asks whoever may take it back; one that is over, or of another organisation, does not exist.
pub async fn get(
    InvitationRevocationPath { id }: InvitationRevocationPath,
    State(state): State<WebState>,
    Member(ctx): Member,
    layout: Layout,
) -> PageResult {
    let waiting = open(&state, ctx.actor.organisation(), ctx.now).await?;
    let invitation = waiting.into_iter().find(|one| one.id == id).ok_or(PageError::NotFound)?;
    revoke_invitation(&ctx.actor, invitation.sender).map_err(Error::from)?;
    ok(&RevocationPage { layout, invitation })
}
