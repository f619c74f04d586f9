//! The public register of authorised prescribers, by département (PRE-28; guide P1 §5): each with its kind, since when, until when.

use chrono::{DateTime, NaiveDate, Utc};
use iae_domain::exports::ListKind;
use iae_domain::ids::OrganisationId;
use iae_domain::organisations::PrescriberKind;
use iae_domain::time::paris_date;

use crate::Db;
use crate::error::Result;
use crate::list::{Asked, Cell, Column, Direction, Facet, Facets, Filter, KeyKind, List, Sql};

/// Every organisation that is authorised on a day.
#[derive(Debug, Clone, Copy)]
pub struct AuthorisedPrescribers {
    today: NaiveDate,
}

impl AuthorisedPrescribers {
    /// Those of today.
    pub const fn on(today: NaiveDate) -> Self {
        Self { today }
    }
}

/// An authorised organisation, as listed.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct AuthorisedRow {
    /// The organisation.
    pub id: OrganisationId,
    name: String,
    city: String,
    kind: PrescriberKind,
    department: Option<String>,
    since: Option<NaiveDate>,
    validated_at: Option<DateTime<Utc>>,
    until: Option<NaiveDate>,
    order_number: Option<String>,
}

impl AuthorisedRow {
    /// The first day of its right: that of its order, else the day it was validated.
    fn since(&self) -> Option<NaiveDate> {
        self.since.or_else(|| self.validated_at.map(paris_date))
    }

    /// What it rests on.
    fn basis(&self) -> String {
        if self.kind != PrescriberKind::Ohpd {
            return "Arrêté du 1er\u{a0}septembre 2021".to_owned();
        }
        let numbered =
            self.order_number.as_ref().map(|number| format!("Arrêté préfectoral n°\u{a0}{number}"));
        numbered.unwrap_or_else(|| "Arrêté préfectoral".to_owned())
    }
}

impl List for AuthorisedPrescribers {
    type Row = AuthorisedRow;

    const KIND: ListKind = ListKind::AuthorisedPrescribers;
    const ID: &'static str = "o.id";
    const KEPT: &'static str = "o.id
        , o.shown_name AS name
        , o.city
        , p.kind
        , d.name || ' (' || d.code || ')' AS department
        , p.authorisation_updated_at AS validated_at
        , CASE WHEN p.kind = 'OHPD' THEN p.authorised_days END AS days";
    const JOINS: &'static str = "";

    fn cut(&self, sql: &mut Sql, _: &Asked) {
        sql.push(
            "FROM organisations o
             JOIN prescriber_organisations p ON p.organisation_id = o.id
             LEFT JOIN departments d ON d.code = o.department_code
             WHERE is_authorised(p, ",
        )
        .push_bind(self.today)
        .push(")");
    }

    fn fill(&self, sql: &mut Sql) {
        sql.push(
            "page.id
             , page.name
             , page.city
             , page.kind
             , page.department
             , page.validated_at
             , (SELECT lower(days) FROM unnest(page.days) AS days WHERE days @> ",
        )
        .push_bind(self.today)
        .push(
            ") AS since
             , (SELECT upper(days) - 1 FROM unnest(page.days) AS days WHERE days @> ",
        )
        .push_bind(self.today)
        .push(
            ") AS until
             , (
                   SELECT h.order_number
                   FROM habilitations h
                   WHERE h.organisation_id = page.id AND h.state = 'granted' AND page.kind = 'OHPD' AND ",
        )
        .push_bind(self.today)
        .push(
            " BETWEEN h.starts_on AND h.ends_on
                   ORDER BY h.starts_on DESC, h.id DESC
                   LIMIT 1
               ) AS order_number",
        );
    }

    fn columns(&self) -> Vec<Column<Self>> {
        vec![
            Column::new("name", "Organisation", |_, row: &AuthorisedRow| Cell::text(&row.name))
                .under("Commune", |_, row: &AuthorisedRow| Cell::text(&row.city))
                .sorted_by("o.search", KeyKind::Text, Direction::Ascending),
            Column::new("kind", "Nature", |_, row: &AuthorisedRow| Cell::text(row.kind.label()))
                .under("Au titre de", |_, row: &AuthorisedRow| Cell::text(row.basis())),
            Column::new("department", "Département", |_, row: &AuthorisedRow| {
                Cell::text_or(row.department.as_deref(), "Inconnu")
            })
            .sorted_by("coalesce(o.department_code, '')", KeyKind::Text, Direction::Ascending),
            Column::new("since", "Habilitée depuis", |_, row: &AuthorisedRow| {
                Cell::day_or(row.since(), "Date inconnue")
            }),
            Column::new("until", "Jusqu’au", |_, row: &AuthorisedRow| {
                Cell::day_or(row.until, "Sans terme")
            }),
        ]
    }

    fn filters(&self, facets: &Facets) -> Vec<Filter> {
        let kinds = PrescriberKind::ALL.iter().filter(|kind| **kind != PrescriberKind::Other);
        let kinds = kinds.map(|kind| Facet::new(kind.code(), kind.label())).collect();
        vec![
            Filter::words("name", "Organisation", "o.search"),
            Filter::choice("department", "Département", "Tous", facets.of("department"), "o.department_code"),
            Filter::choice("kind", "Nature", "Toutes", kinds, "p.kind"),
        ]
    }

    fn sorted(&self) -> (&'static str, Direction) {
        ("department", Direction::Ascending)
    }

    async fn facets(&self, db: &Db) -> Result<Facets> {
        let rows = sqlx::query!(
            r#"
            SELECT code
                 , name
            FROM departments
            ORDER BY code
            LIMIT 200
            "#
        )
        .fetch_all(db)
        .await?;
        let departments =
            rows.into_iter().map(|row| Facet::new(row.code.clone(), format!("{} ({})", row.name, row.code)));
        Ok(Facets::default().with("department", departments.collect()))
    }
}
