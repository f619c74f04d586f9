//! The PASS a professional deals with (rule book 03 §4.14).

mod filters;

use chrono::NaiveDate;
use iae_domain::Actor;
use iae_domain::candidates::PersonName;
use iae_domain::candidates::policy::{Standing, shown_name};
use iae_domain::exports::ListKind;
use iae_domain::ids::{CandidateId, PassId, UserId};
pub use iae_domain::pass::policy::Scope;
use iae_domain::pass::{Parcours, PassNumber, in_words};
use sqlx::types::Json;

use crate::Ctx;
use crate::error::Result;
use crate::list::{Asked, Cell, Column, Direction, Facets, Filter, Half, KeyKind, List, Sql};

/// The PASS a reader sees.
#[derive(Debug, Clone)]
pub struct Passes {
    actor: Actor,
    /// Which ones.
    pub scope: Scope,
    /// The day it is.
    pub today: NaiveDate,
}

impl Passes {
    /// The list of an actor; those who have none are denied.
    pub fn of(ctx: &Ctx<Actor>) -> Result<Self> {
        Ok(Self { scope: Scope::of(&ctx.actor)?, actor: ctx.actor.clone(), today: ctx.today() })
    }
}

/// One line of the list.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct PassRow {
    /// The PASS.
    pub id: PassId,
    /// Its number.
    pub number: PassNumber,
    holder: PersonName,
    candidate_id: CandidateId,
    created_by: Option<UserId>,
    parcours: Json<Parcours>,
    /// Whether a request to prolong it waits for its answer.
    is_prolongation_asked: bool,
    /// The SIAE that hired last under it.
    last_siae: Option<String>,
    /// Last day of the contract with the company that reads; none for an open-ended one.
    contract_ends_on: Option<NaiveDate>,
}

impl PassRow {
    /// All that makes its dates.
    pub const fn parcours(&self) -> &Parcours {
        &self.parcours.0
    }
}

impl List for Passes {
    type Row = PassRow;

    const KIND: ListKind = ListKind::Passes;
    const ID: &'static str = "p.id";
    const KEPT: &'static str = "p.*";
    const JOINS: &'static str = "
        JOIN users holder ON holder.id = page.candidate_id
        JOIN candidates file ON file.id = page.candidate_id";

    fn id(&self) -> &'static str {
        match self.scope {
            Scope::Employees(_) => "h.pass_id",
            Scope::Caseload(_) => Self::ID,
        }
    }

    /// Those of a company are noted beside their end: however many it has, a page is read from an index, and the PASS of its
    /// lines with it.
    fn cut(&self, sql: &mut Sql, _: &Asked) {
        match self.scope {
            Scope::Employees(company) => sql
                .push("FROM hired_passes h JOIN passes p ON p.id = h.pass_id WHERE h.company_id = ")
                .push_bind(company),
            Scope::Caseload(organisation) => sql
                .push(
                    "FROM passes p
                     WHERE p.candidate_id IN (SELECT r.candidate_id FROM candidate_relations r WHERE r.organisation_id = ",
                )
                .push_bind(organisation)
                .push(")"),
        };
    }

    /// An index alone counts those of a company.
    fn whole(&self) -> Option<Sql> {
        match self.scope {
            Scope::Employees(company) => {
                let mut sql = Sql::new("SELECT count(*) FROM hired_passes WHERE company_id = ");
                sql.push_bind(company);
                Some(sql)
            }
            Scope::Caseload(_) => None,
        }
    }

    fn fill(&self, sql: &mut Sql) {
        sql.push(
            "page.id
             , page.number
             , full_name(holder.first_name, holder.last_name) AS holder
             , page.candidate_id
             , file.created_by
             , (SELECT parcours FROM read_parcours(page.id, page.starts_on, page.issued_days, page.closed_on)) AS parcours
             , EXISTS (
                   SELECT FROM prolongation_requests r WHERE r.pass_id = page.id AND r.state = 'pending'
               ) AS is_prolongation_asked
             , ",
        );
        match self.scope {
            Scope::Caseload(_) => filters::last_siae(sql, "page.id", "o.shown_name"),
            Scope::Employees(_) => sql.push("NULL::text"),
        };
        sql.push(" AS last_siae, ");
        match self.scope {
            Scope::Employees(company) => sql
                .push(
                    "(
                         SELECT CASE WHEN bool_and(a.hiring_ends_on IS NOT NULL) THEN max(a.hiring_ends_on) END
                         FROM applications a
                         WHERE a.pass_id = page.id AND a.state = 'accepted' AND a.company_id = ",
                )
                .push_bind(company)
                .push(")"),
            Scope::Caseload(_) => sql.push("NULL::date"),
        };
        sql.push(" AS contract_ends_on");
    }

    fn columns(&self) -> Vec<Column<Self>> {
        let contract = Column::new("contract", "Fin du contrat", |_, row: &PassRow| {
            Cell::day_or(row.contract_ends_on, "Sans date de fin")
        });
        let siae = Column::new("siae", "Dernière SIAE", |_, row: &PassRow| {
            Cell::text(row.last_siae.as_deref().unwrap_or_default())
        });
        let mut columns = vec![
            Column::new("holder", "Personne", |list: &Self, row: &PassRow| {
                let standing = Standing::related(row.candidate_id, row.created_by);
                Cell::text(shown_name(&list.actor, &standing, row.holder.clone()))
            })
            .sorted_by(HOLDER, KeyKind::Text, Direction::Ascending),
            Column::new("state", "Statut", |list: &Self, row: &PassRow| {
                Cell::text(row.parcours().state(list.today).label())
            }),
            // Numbers go up as PASS are delivered.
            Column::new("number", "Numéro", |_, row: &PassRow| Cell::text(row.number.to_string()))
                .latest_first("p.created_at"),
            Column::new("end", "Fin du PASS", |_, row: &PassRow| Cell::Day(row.parcours().end()))
                .under("Prolongation", |_, row: &PassRow| {
                    Cell::text(if row.is_prolongation_asked { "Prolongation demandée" } else { "" })
                })
                .sorted_in_two(halves(self.scope), KeyKind::Day, Direction::Ascending),
            Column::new("remaining", "Jours restants", |list: &Self, row: &PassRow| {
                let days = row.parcours().remaining_days(list.today);
                Cell::Counted(i64::try_from(days).unwrap_or(i64::MAX), in_words(days))
            }),
        ];
        columns.push(match self.scope {
            Scope::Employees(_) => contract,
            Scope::Caseload(_) => siae,
        });
        columns
    }

    fn filters(&self, _: &Facets) -> Vec<Filter> {
        filters::all(self.scope, self.today)
    }

    fn sorted(&self) -> (&'static str, Direction) {
        ("end", Direction::Ascending)
    }
}

/// Where the end of a PASS is read, for an index to give those of a page.
const fn ends_on(scope: Scope) -> &'static str {
    match scope {
        Scope::Employees(_) => "h.ends_on",
        Scope::Caseload(_) => "p.ends_on",
    }
}

/// The same, counted backwards from the year 6000 to that of the index.
const fn counted_backwards(scope: Scope) -> &'static str {
    match scope {
        Scope::Employees(_) => "(DATE '6000-01-01' - (h.ends_on - DATE '2000-01-01'))",
        Scope::Caseload(_) => "(DATE '6000-01-01' - (p.ends_on - DATE '2000-01-01'))",
    }
}

/// What ends soon comes first, and what is over after all the rest, the latest first.
fn halves(scope: Scope) -> [Half<Passes>; 2] {
    let not_over = Half {
        expression: ends_on(scope),
        narrow: |list: &Passes, sql: &mut Sql| {
            sql.push(format_args!(" AND {} >= ", ends_on(list.scope))).push_bind(list.today);
        },
    };
    let over = Half {
        expression: counted_backwards(scope),
        narrow: |list: &Passes, sql: &mut Sql| {
            sql.push(format_args!(" AND {} > DATE '6000-01-01' - (", counted_backwards(list.scope)))
                .push_bind(list.today)
                .push(" - DATE '2000-01-01')");
        },
    };
    [not_over, over]
}

/// The folded name of the holder, read only when a list is narrowed or sorted by it.
const HOLDER: &str = "(SELECT c.search FROM candidates c WHERE c.id = p.candidate_id)";
