//! `/members`: « Collaborateurs », who acts for the organisation and who is invited (MEM-15).

use askama::Template;
use axum::extract::{RawQuery, State};
use chrono::{DateTime, NaiveDate, Utc};
use iae_app::links;
use iae_app::organisations::invitations::queries::{OpenInvitation, open};
use iae_app::organisations::members::list::{MemberRow, Members};
use iae_app::organisations::members::queries::{Staffing, staffing};
use iae_app::organisations::sign_up::queries::{Joining, asking};
use iae_app::{App, Ctx};
use iae_domain::actor::Colleague;
use iae_domain::ids::{InvitationId, MembershipId};
use iae_domain::organisations::invitations::MOST_PENDING;
use iae_domain::organisations::policy::revoke_invitation;
use iae_domain::time::paris_date;

use super::Member;
use crate::applications::state_badge::StateBadge;
use crate::error::PageResult;
use crate::filters;
use crate::layout::Layout;
use crate::list::{self, Look, Shown, View};
use crate::paths::{DeparturePath, MemberRolePath, MembersPath};
use crate::state::WebState;

/// The page.
#[derive(Template)]
#[template(path = "organisations/members/index.html")]
pub struct MembersPage {
    layout: Layout,
    view: View,
    staffing: Staffing,
    invitations: Vec<Line>,
    /// Those who ask to be let in, and whom nobody invited yet.
    asking: Vec<Joining>,
    is_admin: bool,
    is_employer: bool,
    today: NaiveDate,
}

/// An invitation that nobody accepted.
struct Line {
    id: InvitationId,
    name: String,
    email: String,
    sender: String,
    sent_on: NaiveDate,
    expires_at: DateTime<Utc>,
    is_expired: bool,
    link: String,
    may_revoke: bool,
}

impl Line {
    fn of(app: &App, ctx: &Ctx<Colleague>, invitation: OpenInvitation) -> Self {
        let is_expired = invitation.expires_at <= ctx.now;
        Self {
            id: invitation.id,
            link: links::invitation(&app.config, invitation.id, &invitation.token).to_string(),
            may_revoke: revoke_invitation(&ctx.actor, invitation.sender).is_ok(),
            name: invitation.name,
            email: invitation.email,
            sender: invitation.sender_name,
            sent_on: paris_date(invitation.sent_at),
            expires_at: invitation.expires_at,
            is_expired,
        }
    }
}

const ADMINISTRATOR: StateBadge = StateBadge { label: "Administrateur", tone: "info", icon: "shield" };
const ONESELF: StateBadge = StateBadge { label: "Vous", tone: "neutral", icon: "user" };

impl Shown for Members {
    const NOUN: [&'static str; 3] = ["collaborateur", "collaborateurs", "Aucun collaborateur ne correspond"];

    fn path(&self) -> String {
        MembersPath.to_string()
    }

    fn look(&self, column: &str, row: &MemberRow) -> Look {
        let id = row.id;
        match column {
            "name" if self.reader == Some(row.user_id) => Look::With(ONESELF),
            "name" if self.may_act => {
                let role = MemberRolePath { id }.to_string();
                Look::LinkAnd(role, "Retirer de la structure", DeparturePath { id }.to_string())
            }
            "role" if row.is_admin => Look::Badge(ADMINISTRATOR),
            "email" => Look::Breakable,
            _ => Look::Plain,
        }
    }
}

impl MembersPage {
    /// How many invitations may still be sent (INV-3).
    fn left(&self) -> usize {
        let pending = self.invitations.iter().filter(|line| !line.is_expired).count();
        MOST_PENDING.saturating_sub(pending)
    }

    /// Whether a member may ask the official address to administer the company (MEM-11).
    fn may_ask(&self) -> bool {
        self.is_employer && self.staffing.admins == 0 && self.staffing.has_official_address
    }

    /// Those who asked to leave, for whoever may let them.
    fn leaving(&self) -> &[(MembershipId, String)] {
        if self.is_admin { &self.staffing.leaving } else { &[] }
    }
}

/// Shows them.
pub async fn get(
    _: MembersPath,
    State(state): State<WebState>,
    Member(ctx): Member,
    RawQuery(raw): RawQuery,
    layout: Layout,
) -> PageResult {
    let list = Members::of(&ctx.any())?;
    let organisation = ctx.actor.organisation();
    let staffing = staffing(&state, organisation, ctx.actor.user()).await?;
    let invitations = open(&state, organisation, ctx.now).await?;
    // Where nobody administers, any member answers: whoever asked wrote to one of them.
    let answers = ctx.actor.is_admin() || staffing.admins == 0;
    let asking = if answers { asking(&state.db, organisation, ctx.now).await? } else { Vec::new() };
    let page = |view| MembersPage {
        layout,
        view,
        staffing,
        invitations: invitations.into_iter().map(|one| Line::of(&state, &ctx, one)).collect(),
        asking,
        is_admin: ctx.actor.is_admin(),
        is_employer: matches!(ctx.actor, Colleague::Employer(_)),
        today: ctx.today(),
    };
    list::show(&state, &ctx.any(), list, raw, page).await
}
