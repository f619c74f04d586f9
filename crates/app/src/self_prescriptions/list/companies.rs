//! The SIAE of a département that hired on their own diagnosis: one line each, those with anomalies first.

use chrono::{DateTime, Utc};
use iae_domain::actor::InspectorActor;
use iae_domain::eligibility::policy;
use iae_domain::exports::ListKind;
use iae_domain::ids::OrganisationId;
use iae_domain::organisations::CompanyKind;

use super::{criterion, declares};
use crate::Ctx;
use crate::error::Result;
use crate::list::{Asked, Cell, Column, Direction, Facet, Facets, Filter, KeyKind, List, Sql, Time, Value};

/// The SIAE of a département that prescribed to themselves.
#[derive(Debug, Clone)]
pub struct SelfPrescribers {
    department: String,
    /// What an address narrows the hires to, for the links to those of one SIAE.
    pub carried: String,
}

/// What a filter asks of a hire `a`.
type Narrows = fn(&mut Sql, &Value);

/// The filters that narrow the hires that are counted rather than the companies.
const OF_HIRES: [(&str, Narrows); 3] = [
    ("from", |sql, from| {
        if let Value::Day(from) = from {
            sql.push(" AND a.starts_on >= ").push_bind(*from);
        }
    }),
    ("to", |sql, to| {
        if let Value::Day(to) = to {
            sql.push(" AND a.starts_on <= ").push_bind(*to);
        }
    }),
    ("criterion", |sql, criterion| {
        if let Value::Codes(codes) = criterion {
            declares(sql, codes);
        }
    }),
];

impl SelfPrescribers {
    /// The list of an agent of a département.
    pub fn of(ctx: &Ctx<InspectorActor>, carried: String) -> Result<Self> {
        Ok(Self { department: policy::read_self_prescriptions(&ctx.actor)?.to_owned(), carried })
    }

    /// What narrows the hires is applied before they are counted, so that each figure is that of the list it opens. They are
    /// counted by company, in an index alone, before anything is read of those.
    fn counted(&self, sql: &mut Sql, asked: &Asked) {
        sql.push(
            "SELECT a.company_id
                  , count(*) AS hires
                  , count(*) FILTER (WHERE a.anomalies <> '{}') AS anomalies
                  , max(a.accepted_at) AS last_accepted_at
             FROM self_prescriptions a
             WHERE a.department_code = ",
        );
        sql.push_bind(self.department.clone());
        for (filter, narrow) in OF_HIRES {
            if let Some(value) = asked.value(filter) {
                narrow(sql, value);
            }
        }
        sql.push(" GROUP BY 1");
    }
}

/// An SIAE, as listed.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct SelfPrescriberRow {
    /// The SIAE.
    pub id: OrganisationId,
    name: String,
    kind: CompanyKind,
    city: String,
    hires: i64,
    anomalies: i64,
    last_accepted_at: DateTime<Utc>,
}

impl SelfPrescriberRow {
    /// Whether something is to be looked at first.
    pub const fn is_odd(&self) -> bool {
        self.anomalies > 0
    }
}

impl List for SelfPrescribers {
    type Row = SelfPrescriberRow;

    const KIND: ListKind = ListKind::SelfPrescribers;
    const ID: &'static str = "s.id";
    const KEPT: &'static str = "s.*";
    const JOINS: &'static str = "";

    /// As long as nothing narrows the hires, the figures of a company are those noted of it: an index gives the page. The key
    /// keeps its organisation to one, and it always has one: to count, it is not joined.
    fn cut(&self, sql: &mut Sql, asked: &Asked) {
        sql.push(
            "FROM (
                SELECT n.company_id AS id
                     , o.shown_name AS name
                     , o.kind
                     , o.city
                     , o.search || ' ' || folded(o.brand) AS words
                     , n.hires
                     , n.anomalies
                     , n.last_accepted_at
                FROM ",
        );
        if OF_HIRES.iter().all(|(filter, _)| asked.value(filter).is_none()) {
            sql.push(
                "self_prescribers n
                 LEFT JOIN organisations o ON o.id = n.company_id
                 WHERE n.hires > 0 AND n.department_code = ",
            );
            sql.push_bind(self.department.clone());
        } else {
            sql.push("(");
            self.counted(sql, asked);
            sql.push(") AS n LEFT JOIN organisations o ON o.id = n.company_id");
        }
        sql.push(") AS s WHERE true");
    }

    fn fill(&self, sql: &mut Sql) {
        sql.push(
            "page.id, page.name, page.kind, page.city, page.hires, page.anomalies, page.last_accepted_at",
        );
    }

    fn columns(&self) -> Vec<Column<Self>> {
        vec![
            Column::new("company", "Structure", |_, row: &SelfPrescriberRow| Cell::text(&row.name))
                .under("Type", |_, row: &SelfPrescriberRow| Cell::text(row.kind.label()))
                .sorted_by("s.words", KeyKind::Text, Direction::Ascending),
            Column::new("city", "Commune", |_, row: &SelfPrescriberRow| Cell::text(&row.city)),
            Column::new("anomalies", "À regarder", |_, row: &SelfPrescriberRow| Cell::Number(row.anomalies))
                .sorted_by("s.anomalies", KeyKind::Number, Direction::Descending),
            Column::new("hires", "Auto-prescriptions", |_, row: &SelfPrescriberRow| Cell::Number(row.hires))
                .sorted_by("s.hires", KeyKind::Number, Direction::Descending),
            Column::new("last", "Dernière acceptée", |_, row: &SelfPrescriberRow| {
                Cell::instant_day(row.last_accepted_at)
            })
            .latest_first("s.last_accepted_at"),
        ]
    }

    fn filters(&self, _: &Facets) -> Vec<Filter> {
        let kinds = CompanyKind::SIAE.iter().map(|kind| Facet::new(kind.code(), kind.label())).collect();
        let anomalies = vec![Facet::new("some", "Avec quelque chose à regarder")];
        let mut filters = vec![
            Filter::words("name", "Nom de la structure", "s.words"),
            Filter::choice("kind", "Type de structure", "Tous", kinds, "s.kind"),
            criterion(|_, _| ()),
            Filter::choice_by("anomaly", "Anomalies", "Peu importe", anomalies, |sql, _| {
                sql.push(" AND s.anomalies > 0");
            }),
        ];
        filters.extend(Filter::period("Contrats à partir du", "Contrats jusqu’au", Time::OfCut));
        filters
    }

    fn sorted(&self) -> (&'static str, Direction) {
        ("anomalies", Direction::Descending)
    }
}
