//! « Habilitations à valider »: organisations that registered and wait, with what is missing; every other for whoever looks for one.

use chrono::{DateTime, Utc};
use iae_domain::actor::StaffActor;
use iae_domain::exports::ListKind;
use iae_domain::ids::OrganisationId;
use iae_domain::organisations::{AuthorisationStatus, PrescriberKind};
use iae_domain::staff::{StaffRight, ensure};

use crate::Ctx;
use crate::error::Result;
use crate::list::{Asked, Cell, Column, Direction, Facet, Facets, Filter, KeyKind, List, Sql};

/// The organisations that prescribe, for the team.
#[derive(Debug, Clone, Copy)]
pub struct Authorisations;

impl Authorisations {
    /// The list of whoever of the team reads organisations (STF-1).
    pub fn of(ctx: &Ctx<StaffActor>) -> Result<Self> {
        ensure(&ctx.actor, StaffRight::ReadOrganisations)?;
        Ok(Self)
    }
}

/// An organisation, as listed.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct AuthorisationRow {
    /// The organisation.
    pub id: OrganisationId,
    /// Where its authorisation stands.
    pub status: AuthorisationStatus,
    name: String,
    kind: PrescriberKind,
    siret: Option<String>,
    department: Option<String>,
    created_at: DateTime<Utc>,
    members: i64,
    administrators: i64,
    is_asked: bool,
}

impl AuthorisationRow {
    /// What keeps it from being validated at once.
    pub fn missing(&self) -> Vec<String> {
        let is_waiting = self.status == AuthorisationStatus::NotSet;
        [
            (is_waiting && self.kind == PrescriberKind::Other, "Nature à choisir, ou arrêté à saisir"),
            (is_waiting && self.kind == PrescriberKind::Ohpd, "Arrêté préfectoral à saisir"),
            (is_waiting && self.siret.is_none(), "SIRET inconnu"),
            (is_waiting && self.department.is_none(), "Département inconnu"),
            (is_waiting && self.members == 0, "Aucun membre"),
            (is_waiting && self.members > 0 && self.administrators == 0, "Aucun administrateur"),
            (self.is_asked, "Demande au préfet en cours"),
        ]
        .into_iter()
        .filter(|(is_so, _)| *is_so)
        .map(|(_, words)| words.to_owned())
        .collect()
    }
}

/// The view of those that wait and have members (§13), and that of all.
const VIEWS: [(&str, &str); 3] =
    [("waiting", "À valider"), ("without_member", "En attente, sans membre"), ("all", "Toutes")];

impl List for Authorisations {
    type Row = AuthorisationRow;

    const KIND: ListKind = ListKind::Authorisations;
    const ID: &'static str = "o.id";
    const KEPT: &'static str = "o.id
        , p.authorisation_status AS status
        , o.shown_name AS name
        , p.kind
        , o.siret
        , o.department_code
        , o.created_at";
    const JOINS: &'static str = "LEFT JOIN departments d ON d.code = page.department_code";

    fn cut(&self, sql: &mut Sql, asked: &Asked) {
        sql.push(
            "FROM organisations o
             JOIN prescriber_organisations p ON p.organisation_id = o.id
             WHERE true",
        );
        if asked.has("view", "all") {
            return;
        }
        sql.push(" AND p.authorisation_status = 'NOT_SET' AND ");
        if asked.has("view", "without_member") {
            sql.push("NOT ");
        }
        sql.push(
            "EXISTS (
                 SELECT
                 FROM memberships m
                 JOIN users u ON u.id = m.user_id
                 WHERE m.organisation_id = o.id AND m.is_active AND u.is_active
             )",
        );
    }

    fn fill(&self, sql: &mut Sql) {
        sql.push(
            "page.id
             , page.status
             , page.name
             , page.kind
             , page.siret
             , d.name || ' (' || d.code || ')' AS department
             , page.created_at
             , (SELECT count(*) FROM memberships m WHERE m.organisation_id = page.id AND m.is_active) AS members
             , (SELECT count(*) FROM memberships m WHERE m.organisation_id = page.id AND m.is_active AND m.is_admin)
                   AS administrators
             , EXISTS (
                   SELECT
                   FROM habilitations h
                   WHERE h.organisation_id = page.id AND (h.state = 'submitted' OR h.state = 'completing')
               ) AS is_asked",
        );
    }

    fn columns(&self) -> Vec<Column<Self>> {
        vec![
            Column::new("name", "Organisation", |_, row: &AuthorisationRow| Cell::text(&row.name))
                .under("SIRET", |_, row: &AuthorisationRow| Cell::siret_or(row.siret.as_deref(), ""))
                .sorted_by("o.search", KeyKind::Text, Direction::Ascending),
            Column::new("kind", "Nature", |_, row: &AuthorisationRow| Cell::text(row.kind.label())),
            Column::new("status", "Habilitation", |_, row: &AuthorisationRow| Cell::text(row.status.label())),
            Column::new("missing", "Ce qui manque", |_, row: &AuthorisationRow| {
                let missing = row.missing();
                if missing.is_empty() { Cell::Nothing("Rien") } else { Cell::Several(missing) }
            }),
            Column::new("members", "Membres", |_, row: &AuthorisationRow| Cell::Number(row.members)),
            Column::new("department", "Département", |_, row: &AuthorisationRow| {
                Cell::text_or(row.department.as_deref(), "Inconnu")
            }),
            Column::new("created", "Inscrite", |_, row: &AuthorisationRow| Cell::instant_day(row.created_at))
                .sorted_by("o.created_at", KeyKind::At, Direction::Ascending),
        ]
    }

    fn filters(&self, _: &Facets) -> Vec<Filter> {
        let views = VIEWS.iter().map(|(code, label)| Facet::new(*code, *label)).collect();
        let kinds = PrescriberKind::ALL.iter().map(|kind| Facet::new(kind.code(), kind.label())).collect();
        let statuses = AuthorisationStatus::ALL.iter();
        let statuses = statuses.map(|status| Facet::new(status.code(), status.label())).collect();
        vec![
            Filter::view("view", "Vue", views),
            Filter::words("name", "Organisation", "o.search"),
            Filter::choice("kind", "Nature", "Toutes", kinds, "p.kind"),
            Filter::choice("status", "Habilitation", "Toutes", statuses, "p.authorisation_status"),
        ]
    }

    fn sorted(&self) -> (&'static str, Direction) {
        ("created", Direction::Ascending)
    }
}
