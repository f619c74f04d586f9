//! The invitations of all organisations, for the team: no address is searched here, what is in the URL is nobody's.

use chrono::{DateTime, Utc};
use iae_domain::actor::StaffActor;
use iae_domain::exports::ListKind;
use iae_domain::ids::InvitationId;
use iae_domain::organisations::invitations::InvitationState;
use iae_domain::staff::{StaffRight, ensure};

use super::queries::state;
use crate::Ctx;
use crate::error::Result;
use crate::list::{Asked, Cell, Column, Direction, Facet, Facets, Filter, List, Sql, Time};

/// The invitations of all organisations, as they stand at a time.
#[derive(Debug, Clone, Copy)]
pub struct TeamInvitations {
    now: DateTime<Utc>,
}

impl TeamInvitations {
    /// For a member of the team who may read them (STF-1).
    pub fn of(ctx: &Ctx<StaffActor>) -> Result<Self> {
        ensure(&ctx.actor, StaffRight::ReadOrganisations)?;
        Ok(Self { now: ctx.now })
    }

    /// Where a line stands.
    pub fn state(&self, row: &TeamInvitationRow) -> InvitationState {
        state(row.accepted_at, row.revoked_at, row.expires_at, self.now)
    }
}

/// An invitation, as listed.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct TeamInvitationRow {
    /// The invitation.
    pub id: InvitationId,
    name: String,
    email: String,
    organisation_name: String,
    sender_name: String,
    sent_at: DateTime<Utc>,
    expires_at: DateTime<Utc>,
    accepted_at: Option<DateTime<Utc>>,
    revoked_at: Option<DateTime<Utc>>,
}

/// What makes an invitation stand so: a condition, after which comes the present time when it needs it.
const fn condition(state: InvitationState) -> (&'static str, bool) {
    match state {
        InvitationState::Pending => {
            ("i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > ", true)
        }
        InvitationState::Expired => {
            ("i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at <= ", true)
        }
        InvitationState::Accepted => ("i.accepted_at IS NOT NULL", false),
        InvitationState::Revoked => ("i.revoked_at IS NOT NULL", false),
    }
}

impl List for TeamInvitations {
    type Row = TeamInvitationRow;

    const KIND: ListKind = ListKind::Invitations;
    const ID: &'static str = "i.id";
    const KEPT: &'static str = "i.*
        , o.shown_name AS organisation_name";
    const JOINS: &'static str = "JOIN users sender ON sender.id = page.sender_id";

    fn cut(&self, sql: &mut Sql, _: &Asked) {
        sql.push("FROM invitations i JOIN organisations o ON o.id = i.organisation_id WHERE true");
    }

    fn fill(&self, sql: &mut Sql) {
        sql.push(
            "page.id
             , full_name(page.first_name, page.last_name) AS name
             , page.email
             , page.organisation_name
             , full_name(sender.first_name, sender.last_name) AS sender_name
             , page.sent_at
             , page.expires_at
             , page.accepted_at
             , page.revoked_at",
        );
    }

    fn columns(&self) -> Vec<Column<Self>> {
        vec![
            Column::new("name", "Personne invitée", |_, row: &TeamInvitationRow| Cell::text(&row.name))
                .under("Adresse e-mail", |_, row: &TeamInvitationRow| Cell::text(&row.email)),
            Column::new("state", "État", |list: &Self, row: &TeamInvitationRow| {
                Cell::text(list.state(row).label())
            }),
            Column::new("organisation", "Structure", |_, row: &TeamInvitationRow| {
                Cell::text(&row.organisation_name)
            }),
            Column::new("sender", "Invitée par", |_, row: &TeamInvitationRow| Cell::text(&row.sender_name)),
            Column::new("sent", "Envoyée", |_, row: &TeamInvitationRow| Cell::At(row.sent_at))
                .latest_first("i.sent_at"),
            Column::new("expires", "Sert jusqu’au", |_, row: &TeamInvitationRow| Cell::At(row.expires_at)),
        ]
    }

    fn filters(&self, _: &Facets) -> Vec<Filter> {
        let states = InvitationState::ALL.iter().map(|state| Facet::new(state.code(), state.label()));
        let now = self.now;
        let by_state = move |sql: &mut Sql, codes: &[String]| {
            let asked = codes.iter().filter_map(|code| InvitationState::parse(code));
            let mut joint = " AND (";
            for (condition, is_timed) in asked.map(condition) {
                sql.push(joint).push("(").push(condition);
                if is_timed {
                    sql.push_bind(now);
                }
                sql.push(")");
                joint = " OR ";
            }
            sql.push(if joint == " OR " { ")" } else { "" });
        };
        let mut filters = vec![
            Filter::choice_by("state", "État", "Tous", states.collect(), by_state),
            Filter::words("name", "Structure", "o.search"),
        ];
        filters.extend(Filter::period("Envoyées depuis le", "Jusqu’au", Time::At("i.sent_at")));
        filters.push(Filter::thing("organisation", "Une seule structure", "i.organisation_id"));
        filters
    }

    fn sorted(&self) -> (&'static str, Direction) {
        ("sent", Direction::Descending)
    }
}
