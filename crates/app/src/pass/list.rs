//! The PASS a professional deals with (rule book 03 §4.14).

use chrono::NaiveDate;
use iae_domain::Actor;
use iae_domain::candidates::PersonName;
use iae_domain::candidates::policy::{Standing, shown_name};
use iae_domain::exports::ListKind;
use iae_domain::ids::{CandidateId, PassId, UserId};
pub use iae_domain::pass::policy::Scope;
use iae_domain::pass::{Parcours, PassNumber, PassState, remaining};
use sqlx::types::Json;

use crate::Ctx;
use crate::error::Result;
use crate::list::{Asked, Cell, Column, Direction, Facet, Facets, Filter, KeyKind, List, Sql, Time};

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

    fn cut(&self, sql: &mut Sql, _: &Asked) {
        sql.push("FROM passes p WHERE ");
        match self.scope {
            Scope::Employees(company) => sql
                .push(
                    "p.id IN (SELECT a.pass_id FROM applications a
                     WHERE a.state = 'accepted' AND a.pass_id IS NOT NULL AND a.company_id = ",
                )
                .push_bind(company)
                .push(")"),
            Scope::Caseload(organisation) => sql
                .push("p.candidate_id IN (SELECT r.candidate_id FROM candidate_relations r WHERE r.organisation_id = ")
                .push_bind(organisation)
                .push(")"),
        };
    }

    /// An index alone counts those of a company.
    fn whole(&self) -> Option<Sql> {
        match self.scope {
            Scope::Employees(company) => {
                let mut sql = Sql::new(
                    "SELECT count(DISTINCT a.pass_id) FROM applications a
                     WHERE a.state = 'accepted' AND a.pass_id IS NOT NULL AND a.company_id = ",
                );
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
             , parcours(page.id, page.starts_on, page.issued_days, page.closed_on) AS parcours
             , ",
        );
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
        let mut columns =
            vec![
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
                    .sorted_by("p.ends_on", KeyKind::Day, Direction::Ascending),
                Column::new("remaining", "Reste", |list: &Self, row: &PassRow| {
                    Cell::text(remaining(row.parcours(), list.today))
                }),
            ];
        if let Scope::Employees(_) = self.scope {
            columns.push(contract);
        }
        columns
    }

    fn filters(&self, _: &Facets) -> Vec<Filter> {
        let today = self.today;
        let states = PassState::ALL.iter().map(|state| Facet::new(state.code(), state.label()));
        let state =
            Filter::choice_by("state", "Statut du PASS IAE", "Tous", states.collect(), move |sql, codes| {
                sql.push(" AND (false");
                for state in codes.iter().filter_map(|code| PassState::parse(code)) {
                    match state {
                        PassState::Expired => sql.push(" OR p.ends_on < ").push_bind(today),
                        PassState::Future => sql.push(" OR p.starts_on > ").push_bind(today),
                        PassState::Valid => suspended(in_progress(sql, today), "NOT EXISTS", today),
                        PassState::Suspended => suspended(in_progress(sql, today), "EXISTS", today),
                    };
                }
                sql.push(")");
            });
        let name = match self.scope {
            Scope::Employees(_) => "Nom du salarié",
            Scope::Caseload(_) => "Nom de la personne",
        };
        let mut filters = vec![Filter::words("name", name, HOLDER), state];
        filters.extend(Filter::period("Fin à partir du", "Fin jusqu’au", Time::Day("p.ends_on")));
        filters
    }

    fn sorted(&self) -> (&'static str, Direction) {
        ("number", Direction::Descending)
    }
}

/// In progress: begun, and not over.
fn in_progress(sql: &mut Sql, today: NaiveDate) -> &mut Sql {
    sql.push(" OR (p.starts_on <= ").push_bind(today).push(" AND p.ends_on >= ").push_bind(today)
}

/// … and suspended today, or not.
fn suspended<'sql>(sql: &'sql mut Sql, exists: &str, today: NaiveDate) -> &'sql mut Sql {
    sql.push(" AND ")
        .push(exists)
        .push(" (SELECT FROM suspensions s WHERE s.pass_id = p.id AND s.starts_on <= ")
        .push_bind(today)
        .push(" AND s.ends_on >= ")
        .push_bind(today)
        .push("))")
}

/// The folded name of the holder, read only when a list is narrowed or sorted by it.
const HOLDER: &str = "(SELECT c.search FROM candidates c WHERE c.id = p.candidate_id)";
