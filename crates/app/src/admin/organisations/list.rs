//! « Structures »: companies, prescriber organisations and institutions, for the team (rule book 01 §13).

use chrono::{DateTime, Utc};
use iae_domain::actor::StaffActor;
use iae_domain::exports::ListKind;
use iae_domain::ids::OrganisationId;
use iae_domain::organisations::{CompanyKind, InstitutionKind, OrganisationFamily, PrescriberKind, Standing};
use iae_domain::staff::{StaffRight, ensure};
use iae_domain::text::folded_words;
use uuid::Uuid;

use crate::db::like;
use crate::directory::prescribers::queries::departments;
use crate::error::Result;
use crate::list::{Asked, Cell, Column, Direction, Facet, Facets, Filter, KeyKind, List, Sql};
use crate::organisations::kind_label;
use crate::reference::queries::DepartmentRow;
use crate::{Ctx, Db};

/// Every organisation, at this moment.
#[derive(Debug, Clone, Copy)]
pub struct Organisations {
    now: DateTime<Utc>,
}

impl Organisations {
    /// The list of whoever may read it.
    pub fn of(ctx: &Ctx<StaffActor>) -> Result<Self> {
        ensure(&ctx.actor, StaffRight::ReadOrganisations)?;
        Ok(Self { now: ctx.now })
    }
}

/// An organisation, as listed.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct OrganisationRow {
    /// The organisation.
    pub id: OrganisationId,
    /// Its family.
    pub family: OrganisationFamily,
    /// Where it stands.
    pub standing: Standing,
    name: String,
    kind: String,
    siret: Option<String>,
    department: Option<String>,
    members: i64,
    administrators: i64,
    created_at: DateTime<Utc>,
}

impl OrganisationRow {
    /// Where a company stands (rule book 01 §3.4); nothing of the other organisations, but that they are closed.
    pub const fn told_standing(&self) -> Option<Standing> {
        match self.standing {
            Standing::Open => None,
            Standing::Active | Standing::Grace | Standing::Ended | Standing::Disabled | Standing::Closed => {
                Some(self.standing)
            }
        }
    }
}

/// What may be wrong with an organisation.
const STATES: [(&str, &str, &str); 5] = [
    (
        "without_member",
        "Sans membre",
        "NOT EXISTS (
             SELECT
             FROM memberships m
             JOIN users u ON u.id = m.user_id
             WHERE m.organisation_id = o.id AND m.is_active AND u.is_active
         )",
    ),
    (
        "without_admin",
        "Sans administrateur",
        "NOT EXISTS (
             SELECT
             FROM memberships m
             JOIN users u ON u.id = m.user_id
             WHERE m.organisation_id = o.id AND m.is_active AND m.is_admin AND u.is_active
         )",
    ),
    (
        "blocked",
        "Ne prend plus de candidatures",
        "EXISTS (
             SELECT
             FROM companies c
             WHERE c.organisation_id = o.id AND c.block_applications_at IS NOT NULL
         )",
    ),
    (
        "hidden",
        "Absente de la recherche, ou à vérifier",
        "EXISTS (SELECT FROM companies c WHERE c.organisation_id = o.id AND NOT c.is_searchable)",
    ),
    // Of those that signed up: the team verified what it created itself (SGN-16).
    (
        "unverified",
        "Facilitateur à vérifier",
        "EXISTS (
             SELECT
             FROM companies c
             WHERE c.organisation_id = o.id
               AND o.kind = 'OPCS'
               AND o.closed_at IS NULL
               AND c.source <> 'STAFF_CREATED'
               AND NOT c.is_searchable
         )",
    ),
];

impl List for Organisations {
    type Row = OrganisationRow;

    const KIND: ListKind = ListKind::Organisations;
    const ID: &'static str = "o.id";
    const KEPT: &'static str = "o.id
        , o.family
        , o.kind
        , o.shown_name AS name
        , o.siret
        , o.department_code
        , o.created_at
        , s.standing AS stands
        , s.active_until";
    const JOINS: &'static str = "LEFT JOIN departments d ON d.code = page.department_code";

    fn cut(&self, sql: &mut Sql, asked: &Asked) {
        sql.push(
            "FROM organisations o
             JOIN organisation_standings s ON s.organisation_id = o.id
             WHERE true",
        );
        for family in OrganisationFamily::ALL {
            if asked.has("family", family.code()) {
                sql.push(" AND o.family = ").push_bind(family.code());
            }
        }
    }

    fn fill(&self, sql: &mut Sql) {
        sql.push(
            "page.id
             , page.family
             , page.kind
             , page.name
             , page.siret
             , d.name || ' (' || d.code || ')' AS department
             , page.created_at
             , (
                   SELECT count(*)
                   FROM memberships m
                   JOIN users u ON u.id = m.user_id
                   WHERE m.organisation_id = page.id AND m.is_active AND u.is_active
               ) AS members
             , (
                   SELECT count(*)
                   FROM memberships m
                   JOIN users u ON u.id = m.user_id
                   WHERE m.organisation_id = page.id AND m.is_active AND m.is_admin AND u.is_active
               ) AS administrators
             , standing_at(page.stands, page.active_until, ",
        );
        sql.push_bind(self.now).push(") AS standing");
    }

    fn columns(&self) -> Vec<Column<Self>> {
        vec![
            Column::new("name", "Structure", |_, row: &OrganisationRow| Cell::text(&row.name))
                .under("SIRET", |_, row: &OrganisationRow| Cell::siret_or(row.siret.as_deref(), ""))
                .sorted_by("o.search", KeyKind::Text, Direction::Ascending),
            Column::new("kind", "Nature", |_, row: &OrganisationRow| {
                Cell::text(kind_label(row.family, &row.kind))
            }),
            Column::new("standing", "Activité", |_, row: &OrganisationRow| {
                row.told_standing().map_or(Cell::Nothing("—"), |standing| Cell::text(standing.label()))
            }),
            Column::new("members", "Membres", |_, row: &OrganisationRow| Cell::Number(row.members)),
            Column::new("administrators", "Administrateurs", |_, row: &OrganisationRow| {
                Cell::Number(row.administrators)
            }),
            Column::new("department", "Département", |_, row: &OrganisationRow| {
                Cell::text_or(row.department.as_deref(), "Inconnu")
            }),
            Column::new("created", "Créée", |_, row: &OrganisationRow| Cell::instant_day(row.created_at))
                .sorted_by("o.created_at", KeyKind::At, Direction::Descending),
        ]
    }

    fn filters(&self, facets: &Facets) -> Vec<Filter> {
        let all = Facet::new("all", "Toutes");
        let families = OrganisationFamily::ALL.iter().map(|one| Facet::new(one.code(), plural(*one)));
        let told = Standing::ALL.iter().filter(|one| **one != Standing::Open);
        let standings = told.map(|one| Facet::new(one.code(), one.label())).collect();
        let states = STATES.map(|(code, label, _)| Facet::new(code, label)).to_vec();
        let now = self.now;
        vec![
            Filter::view("family", "Vue", std::iter::once(all).chain(families).collect()),
            Filter::text("q", "Nom, SIRET, SIREN, code SAFIR ou identifiant", looked_for),
            Filter::choice("kind", "Nature", "Toutes", kinds(), "(o.family || ':' || o.kind)"),
            Filter::choice("department", "Département", "Tous", facets.of("department"), "o.department_code"),
            Filter::choice_by("standing", "Activité", "Toutes", standings, move |sql, codes| {
                standing(sql, codes, now);
            }),
            Filter::choice_by("state", "À regarder", "Toutes", states, state),
        ]
    }

    async fn facets(&self, db: &Db) -> Result<Facets> {
        let department = |row: DepartmentRow| {
            let label = format!("{} ({})", row.name, row.code);
            Facet::new(row.code, label)
        };
        let departments = departments(db).await?.into_iter().map(department).collect();
        Ok(Facets::default().with("department", departments))
    }
}

const fn plural(family: OrganisationFamily) -> &'static str {
    match family {
        OrganisationFamily::Company => "Employeurs",
        OrganisationFamily::Prescriber => "Prescripteurs",
        OrganisationFamily::Institution => "Institutions",
    }
}

/// The kinds of every family; « Autre » is one of two of them.
fn kinds() -> Vec<Facet> {
    let of = |family: OrganisationFamily, code: &str, label: &str| {
        let label = if code == "OTHER" { format!("{label} ({})", family.label()) } else { label.to_owned() };
        Facet::new(format!("{}:{code}", family.code()), label)
    };
    let companies =
        CompanyKind::ALL.iter().map(|one| of(OrganisationFamily::Company, one.code(), one.label()));
    let prescribers =
        PrescriberKind::ALL.iter().map(|one| of(OrganisationFamily::Prescriber, one.code(), one.label()));
    let institutions =
        InstitutionKind::ALL.iter().map(|one| of(OrganisationFamily::Institution, one.code(), one.label()));
    companies.chain(prescribers).chain(institutions).collect()
}

/// A number, or words of a name: nothing that says who a person is.
fn looked_for(sql: &mut Sql, text: &str) {
    if let Ok(id) = text.trim().parse::<Uuid>() {
        sql.push(" AND o.id = ").push_bind(id);
        return;
    }
    let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let is_number = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    match (is_number, digits.len()) {
        (true, 5) => {
            sql.push(
                " AND EXISTS (
                      SELECT
                      FROM prescriber_organisations p
                      WHERE p.organisation_id = o.id AND p.code_safir = ",
            );
            sql.push_bind(digits).push(")");
        }
        // Of the SIRET it has, and of those it had (CMP-5).
        (true, 9) => {
            sql.push(
                " AND EXISTS (
                      SELECT
                      FROM organisation_sirets h
                      WHERE h.organisation_id = o.id AND left(h.siret, 9) = ",
            );
            sql.push_bind(digits).push(")");
        }
        // What was replaced is found, with the one that took its place.
        (true, 14) => {
            sql.push(
                " AND o.id IN (
                      SELECT unnest(ARRAY[h.organisation_id, (SELECT heir_of FROM read_heir_of(h.organisation_id))])
                      FROM organisation_sirets h
                      WHERE h.siret = ",
            );
            sql.push_bind(digits).push(")");
        }
        _ => {
            for word in folded_words(text) {
                let word = like::escaped(&word);
                sql.push(" AND (' ' || o.search LIKE ").push_bind(format!("% {word}%"));
                sql.push(" OR ' ' || folded(o.brand) LIKE ").push_bind(format!("% {word}%")).push(")");
            }
        }
    }
}

/// Where it stands: the one definition, that of the view (CMP-16).
fn standing(sql: &mut Sql, codes: &[String], now: DateTime<Utc>) {
    sql.push(" AND standing_at(s.standing, s.active_until, ").push_bind(now);
    sql.push(") = ANY(").push_bind(codes.to_vec()).push(")");
}

/// Any of what may be wrong.
fn state(sql: &mut Sql, codes: &[String]) {
    sql.push(" AND (false");
    for (_, _, condition) in STATES.iter().filter(|(code, ..)| codes.iter().any(|asked| asked == code)) {
        sql.push(" OR ").push(condition);
    }
    sql.push(")");
}
