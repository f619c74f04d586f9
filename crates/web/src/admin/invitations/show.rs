//! `/admin/invitations/{id}`: one invitation, its link, and what the team may do of it.

use askama::Template;
use axum::extract::State;
use chrono::{DateTime, Utc};
use iae_app::Ctx;
use iae_app::organisations::invitations::queries::TeamInvitation;
use iae_domain::actor::StaffActor;
use iae_domain::organisations::invitations::InvitationState;
use iae_domain::staff::StaffRight;

use super::{badge, found, may};
use crate::admin::audit::AuditQuery;
use crate::applications::state_badge::StateBadge;
use crate::error::{PageResult, ok};
use crate::filters;
use crate::layout::Layout;
use crate::paths::AdminInvitationPath;
use crate::state::WebState;

/// The page.
#[derive(Template)]
#[template(path = "admin/invitations/show.html")]
pub struct AdminInvitationPage {
    layout: Layout,
    of: TeamInvitation,
    /// Its link, as long as it serves.
    link: Option<String>,
    may_change: bool,
    /// Where all that happened to it is read, by whoever may.
    journal: Option<AuditQuery>,
    now: DateTime<Utc>,
}

impl AdminInvitationPage {
    fn badge(&self) -> StateBadge {
        badge(self.of.state(self.now))
    }

    /// Whether it may still be sent again or taken back.
    fn is_open(&self) -> bool {
        matches!(self.of.state(self.now), InvitationState::Pending | InvitationState::Expired)
    }
}

/// Shows it.
pub async fn get(
    AdminInvitationPath { id }: AdminInvitationPath,
    State(state): State<WebState>,
    ctx: Ctx<StaffActor>,
    layout: Layout,
) -> PageResult {
    let of = found(&state, &ctx, id).await?;
    let serves = of.state(ctx.now) == InvitationState::Pending;
    ok(&AdminInvitationPage {
        layout,
        link: serves.then(|| of.link(&state)),
        may_change: may(&ctx, StaffRight::ChangeOrganisations).is_ok(),
        journal: may(&ctx, StaffRight::ReadAudit).is_ok().then(|| AuditQuery::of("invitation", &id.0)),
        now: ctx.now,
        of,
    })
}
