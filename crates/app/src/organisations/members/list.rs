//! The members of an organisation, as a list (MEM-15).

use chrono::{DateTime, Utc};
use iae_domain::Actor;
use iae_domain::exports::ListKind;
use iae_domain::ids::{MembershipId, OrganisationId, UserId};
use iae_domain::organisations::policy;

use crate::Ctx;
use crate::error::Result;
use crate::list::{Asked, Cell, Column, Direction, Facet, Facets, Filter, KeyKind, List, Sql};

/// The active members of an organisation.
#[derive(Debug, Clone)]
pub struct Members {
    organisation: OrganisationId,
    /// Who reads.
    pub reader: Option<UserId>,
    /// Whether the reader may act on them.
    pub may_act: bool,
}

impl Members {
    /// Those of the organisation its reader belongs to.
    pub fn of(ctx: &Ctx<Actor>) -> Result<Self> {
        let organisation = policy::read_members(&ctx.actor)?;
        let may_act = match &ctx.actor {
            Actor::Prescriber(actor) => actor.is_admin,
            Actor::Employer(actor) => actor.is_admin,
            Actor::Inspector(actor) => actor.is_admin,
            Actor::Candidate(_) | Actor::Staff(_) | Actor::System => false,
        };
        Ok(Self { organisation, reader: ctx.actor.record().user, may_act })
    }
}

/// A member, as listed.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct MemberRow {
    /// The membership.
    pub id: MembershipId,
    /// The account.
    pub user_id: UserId,
    /// Whether they administer the organisation.
    pub is_admin: bool,
    name: String,
    email: Option<String>,
    joined_at: DateTime<Utc>,
}

impl List for Members {
    type Row = MemberRow;

    const KIND: ListKind = ListKind::Members;
    const ID: &'static str = "m.id";
    const KEPT: &'static str = "m.id, m.user_id, m.is_admin, m.joined_at";
    const JOINS: &'static str = "JOIN users u ON u.id = page.user_id";

    fn cut(&self, sql: &mut Sql, _: &Asked) {
        sql.push("FROM memberships m JOIN users person ON person.id = m.user_id AND person.is_active");
        sql.push(" WHERE m.is_active AND m.organisation_id = ").push_bind(self.organisation);
    }

    fn fill(&self, sql: &mut Sql) {
        sql.push(
            "page.id
             , page.user_id
             , page.is_admin
             , page.joined_at
             , full_name(u.first_name, u.last_name) AS name
             , u.email",
        );
    }

    fn columns(&self) -> Vec<Column<Self>> {
        vec![
            Column::new("name", "Nom", |_, row: &MemberRow| Cell::text(&row.name)).sorted_by(
                "folded(person.last_name || ' ' || person.first_name)",
                KeyKind::Text,
                Direction::Ascending,
            ),
            Column::new("email", "Adresse e-mail", |_, row: &MemberRow| {
                Cell::text_or(row.email.as_deref(), "Aucune")
            }),
            Column::new("role", "Rôle", |_, row: &MemberRow| {
                Cell::text(if row.is_admin { "Administrateur" } else { "Membre" })
            }),
            Column::new("joined", "Arrivée", |_, row: &MemberRow| Cell::instant_day(row.joined_at))
                .latest_first("m.joined_at"),
        ]
    }

    fn filters(&self, _: &Facets) -> Vec<Filter> {
        let name = "folded(person.last_name || ' ' || person.first_name)";
        let roles = vec![Facet::new("admin", "Administrateur"), Facet::new("member", "Membre")];
        let role = Filter::choice(
            "role",
            "Rôle",
            "Tous",
            roles,
            "CASE WHEN m.is_admin THEN 'admin' ELSE 'member' END",
        );
        vec![Filter::words("name", "Nom", name), role]
    }
}
