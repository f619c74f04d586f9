//! The tasks that are not done, as staff read them. The queue deletes a task once it is done.

use chrono::{DateTime, Utc};
use iae_domain::actor::StaffActor;
use iae_domain::exports::ListKind;
use iae_domain::staff::{StaffRight, ensure};

use crate::Ctx;
use crate::error::Result;
use crate::list::{Asked, Cell, Column, Direction, Facets, Filter, KeyKind, List, Sql};

/// Every task waiting, running or failing.
#[derive(Debug, Clone, Copy)]
pub struct Jobs;

impl Jobs {
    /// The list of whoever may read it.
    pub fn of(ctx: &Ctx<StaffActor>) -> Result<Self> {
        ensure(&ctx.actor, StaffRight::ReadJobs)?;
        Ok(Self)
    }
}

/// A task, as listed.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct JobRow {
    number: i64,
    task: String,
    run_at: DateTime<Utc>,
    attempts: i16,
    max_attempts: i16,
    last_error: Option<String>,
    locked_at: Option<DateTime<Utc>>,
}

impl JobRow {
    /// Whether a worker runs it.
    pub const fn is_running(&self) -> bool {
        self.locked_at.is_some()
    }

    /// Whether its last try failed.
    pub const fn has_failed(&self) -> bool {
        self.last_error.is_some()
    }

    /// In words.
    pub const fn state(&self) -> &'static str {
        match (self.is_running(), self.has_failed()) {
            (true, _) => "En cours",
            (false, true) => "En échec",
            (false, false) => "En attente",
        }
    }
}

impl List for Jobs {
    type Row = JobRow;

    const KIND: ListKind = ListKind::Jobs;
    /// The queue numbers its tasks; the same as a uuid keeps their order.
    const ID: &'static str = "lpad(to_hex(j.id), 32, '0')::uuid";
    const KEPT: &'static str = "j.id AS number, j.task_id, j.run_at, j.attempts, j.max_attempts, j.last_error, \
                                j.locked_at, lpad(to_hex(j.id), 32, '0')::uuid AS id";
    const JOINS: &'static str = "JOIN graphile_worker._private_tasks t ON t.id = page.task_id";

    fn cut(&self, sql: &mut Sql, _: &Asked) {
        // These tables belong to graphile_worker and are made by its own migrations.
        sql.push("FROM graphile_worker._private_jobs j WHERE true");
    }

    fn fill(&self, sql: &mut Sql) {
        sql.push(
            "page.number
             , t.identifier AS task
             , page.run_at
             , page.attempts
             , page.max_attempts
             , page.last_error
             , page.locked_at",
        );
    }

    fn columns(&self) -> Vec<Column<Self>> {
        vec![
            Column::new("task", "Tâche", |_, row: &JobRow| {
                Cell::text(format!("{} n°\u{a0}{}", row.task, row.number))
            }),
            // Those that failed come first.
            Column::new("state", "État", |_, row: &JobRow| Cell::text(row.state())).sorted_by(
                "(j.last_error IS NULL)::int::bigint",
                KeyKind::Number,
                Direction::Ascending,
            ),
            Column::new("run_at", "À partir de", |_, row: &JobRow| Cell::At(row.run_at)).sorted_by(
                "j.run_at",
                KeyKind::At,
                Direction::Ascending,
            ),
            Column::new("attempts", "Essais", |_, row: &JobRow| {
                Cell::text(format!("{} sur {}", row.attempts, row.max_attempts))
            }),
            Column::new("error", "Dernière erreur", |_, row: &JobRow| {
                Cell::text_or(row.last_error.as_deref(), "Aucune")
            }),
        ]
    }

    fn filters(&self, _: &Facets) -> Vec<Filter> {
        Vec::new()
    }
}
