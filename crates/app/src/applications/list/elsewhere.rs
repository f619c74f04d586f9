//! What a company sent to other companies, as an orienteur would: its own applications are those it received (LIST-S).

use iae_domain::Actor;
use iae_domain::actor::EmployerActor;
use iae_domain::applications::{StateCode, policy};
use iae_domain::exports::ListKind;
use iae_domain::ids::OrganisationId;

use super::{ApplicationRow, Applications, BY_NAME, CUT, departments_of};
use crate::error::Result;
use crate::list::{Asked, Cell, Column, Direction, Facet, Facets, Filter, KeyKind, List, Sql, Time};
use crate::{Ctx, Db};

/// The applications a company sent to others.
#[derive(Debug, Clone)]
pub struct SentElsewhere {
    actor: Actor,
    company: OrganisationId,
    all: Applications,
}

impl SentElsewhere {
    /// The list of an employer.
    pub fn of(ctx: &Ctx<EmployerActor>) -> Result<Self> {
        let ctx_of_any = ctx.any();
        Ok(Self {
            company: policy::sent_elsewhere(&ctx.actor),
            all: Applications::of(&ctx_of_any)?,
            actor: ctx_of_any.actor,
        })
    }

    fn push_scope(&self, sql: &mut Sql) {
        sql.push("sent_elsewhere(").push_bind(self.company).push(", a)");
    }
}

impl List for SentElsewhere {
    type Row = ApplicationRow;

    const KIND: ListKind = ListKind::ApplicationsSent;
    const ID: &'static str = Applications::ID;
    const KEPT: &'static str = Applications::KEPT;
    const JOINS: &'static str = Applications::JOINS;

    fn cut(&self, sql: &mut Sql, _: &Asked) {
        sql.push(CUT);
        self.push_scope(sql);
    }

    fn fill(&self, sql: &mut Sql) {
        self.all.fill(sql);
    }

    fn columns(&self) -> Vec<Column<Self>> {
        vec![
            Column::new("person", "Personne", |list: &Self, row: &ApplicationRow| {
                Cell::text(row.candidate(&list.actor))
            })
            .under("Commune", |_, row: &ApplicationRow| Cell::text(row.place()))
            .sorted_by(BY_NAME, KeyKind::Text, Direction::Ascending),
            Column::new("state", "État", |_, row: &ApplicationRow| Cell::text(row.state.label())),
            Column::new("jobs", "Poste", |_, row: &ApplicationRow| Cell::text(row.jobs())),
            Column::new("company", "Structure", |_, row: &ApplicationRow| Cell::text(&row.company)),
            Column::new("sender", "Envoyée par", |list: &Self, row: &ApplicationRow| {
                Cell::text(row.sender(&list.actor))
            }),
            Column::new("sent", "Envoyée", |_, row: &ApplicationRow| Cell::instant_day(row.submitted_at))
                .sorted_by("a.submitted_at", KeyKind::At, Direction::Descending),
        ]
    }

    fn filters(&self, facets: &Facets) -> Vec<Filter> {
        let mut filters = vec![
            Filter::words("name", "Nom du candidat", "c.search"),
            Filter::choice("state", "État", "Tous", facets.of("state"), "a.state"),
            Filter::choice("department", "Département", "Tous", facets.of("department"), "c.department_code"),
        ];
        filters.extend(Filter::period("Depuis le", "Jusqu’au", Time::At("a.submitted_at")));
        filters
    }

    fn sorted(&self) -> (&'static str, Direction) {
        ("sent", Direction::Descending)
    }

    async fn facets(&self, db: &Db) -> Result<Facets> {
        let states = StateCode::ALL.iter().map(|state| Facet::new(state.code(), state.label())).collect();
        let departments = departments_of(db, self.company, "sent").await?;
        Ok(Facets::default().with("state", states).with("department", departments))
    }
}
