//! The lists of applications: received, sent, one's own, all of them for the team (rule book 02 §10).

mod elsewhere;
mod filters;
mod row;

use chrono::{DateTime, NaiveDate, Utc};
use iae_domain::Actor;
use iae_domain::applications::StateCode;
use iae_domain::exports::ListKind;
use iae_domain::ids::OrganisationId;

pub use elsewhere::SentElsewhere;
pub use row::ApplicationRow;

use super::{Scope, scope};
use crate::error::Result;
use crate::list::{Asked, Cell, Column, Direction, Facet, Facets, Filter, KeyKind, List, Sql};
use crate::{Ctx, Db};

/// Each has the file of one person: the planner leaves it out of what neither filters nor sorts by it, as most counts do, which
/// it may not do with an inner join.
const CUT: &str = "FROM applications a LEFT JOIN candidates c ON c.id = a.candidate_id WHERE ";
/// What the order of names compares: kept beside the application, where an index of its organisation follows it.
const BY_NAME: &str = "a.candidate_search";

/// The applications a reader sees.
#[derive(Debug, Clone)]
pub struct Applications {
    actor: Actor,
    /// Which ones.
    pub scope: Scope,
    now: DateTime<Utc>,
    /// The day it is.
    pub today: NaiveDate,
}

impl Applications {
    /// The list of an actor; those who have none are denied.
    pub fn of(ctx: &Ctx<Actor>) -> Result<Self> {
        let scope = Scope::of(&ctx.actor, ctx.now)?;
        Ok(Self { scope, actor: ctx.actor.clone(), now: ctx.now, today: ctx.today() })
    }

    /// What it counts at once, whatever the filters: for the figures of a dashboard.
    pub async fn counted(&self, db: &Db) -> Result<Facets> {
        Ok(Facets::default().with("state", self.states(db).await?))
    }
}

impl List for Applications {
    type Row = ApplicationRow;

    const KIND: ListKind = ListKind::Applications;
    const ID: &'static str = "a.id";
    const KEPT: &'static str = "a.*";
    const JOINS: &'static str = "
        JOIN candidates file ON file.id = page.candidate_id
        JOIN users person ON person.id = page.candidate_id
        JOIN organisations o ON o.id = page.company_id
        LEFT JOIN departments d ON d.code = file.department_code
        LEFT JOIN users sender ON sender.id = page.sender_id
        LEFT JOIN organisations sending ON sending.id = page.sender_organisation_id";

    fn cut(&self, sql: &mut Sql, _: &Asked) {
        sql.push(CUT);
        scope::push(self.scope, sql);
    }

    fn fill(&self, sql: &mut Sql) {
        sql.push(
            "page.id
             , page.state
             , page.submitted_at
             , full_name(person.first_name, person.last_name) AS candidate
             , page.candidate_id
             , file.created_by
             , file.city
             , d.name AS department
             , o.shown_name AS company
             , page.due_on
             , page.sender_kind
             , page.sender_id
             , full_name(sender.first_name, sender.last_name) AS sender
             , sending.shown_name AS sender_organisation
             , ARRAY(
                   SELECT p.label
                   FROM application_posts p
                   WHERE p.application_id = page.id
                   ORDER BY 1
               ) AS jobs
             , ",
        );
        filters::push_eligible(sql, "page", self.today);
        sql.push(" AS eligible");
    }

    fn columns(&self) -> Vec<Column<Self>> {
        let by_name = |column: Column<Self>| column.sorted_by(BY_NAME, KeyKind::Text, Direction::Ascending);
        let person = Column::new("person", "Personne", |list: &Self, row: &ApplicationRow| {
            Cell::text(row.candidate(&list.actor))
        })
        .under("Commune", |_, row: &ApplicationRow| Cell::text(row.place()));
        let company = Column::new("company", "Structure", |_, row: &ApplicationRow| Cell::text(&row.company));
        let sender = Column::new("sender", "Envoyée par", |list: &Self, row: &ApplicationRow| {
            Cell::text(row.sender(&list.actor))
        });
        let state = Column::new("state", "État", |_, row: &ApplicationRow| Cell::text(row.state.label()));
        let jobs = Column::new("jobs", "Poste", |_, row: &ApplicationRow| Cell::text(row.jobs()));
        let eligible =
            Column::new("eligible", "Éligibilité", |_, row: &ApplicationRow| Cell::text(row.eligibility()));
        let sent = |label| {
            Column::new("sent", label, |_, row: &ApplicationRow| Cell::instant_day(row.submitted_at))
                .sorted_by("a.submitted_at", KeyKind::At, Direction::Descending)
        };
        // Those that wait first, the longest first; the others after them.
        let wait = Column::new("wait", "Attente", |list: &Self, row: &ApplicationRow| row.wait(list.today))
            .under("À faire pour le", |_, row: &ApplicationRow| Cell::day_or(row.due_on, ""))
            .sorted_by("coalesce(a.due_on, date '9999-12-31')", KeyKind::Day, Direction::Ascending);
        match self.scope {
            Scope::Received { is_siae: true, .. } => {
                vec![by_name(person), state, jobs, sender, eligible, wait, sent("Reçue")]
            }
            Scope::Received { .. } => vec![by_name(person), state, jobs, sender, wait, sent("Reçue")],
            // The order of masked names would tell what they hide.
            Scope::Sent { sees_everyone: false, .. } => {
                vec![person, state, jobs, company, sender, sent("Envoyée")]
            }
            Scope::Sent { .. } => vec![by_name(person), state, jobs, company, sender, sent("Envoyée")],
            Scope::Own { .. } => vec![company, state, jobs, sent("Envoyée")],
            Scope::All => vec![person, state, jobs, company, sender, sent("Envoyée")],
        }
    }

    fn filters(&self, facets: &Facets) -> Vec<Filter> {
        filters::of(self, facets)
    }

    fn sorted(&self) -> (&'static str, Direction) {
        ("sent", Direction::Descending)
    }

    async fn facets(&self, db: &Db) -> Result<Facets> {
        let (states, departments) = match self.scope {
            Scope::Received { company, .. } => {
                (self.states(db).await?, departments_of(db, company, "received").await?)
            }
            Scope::Sent { organisation, .. } => {
                (self.states(db).await?, departments_of(db, organisation, "sent").await?)
            }
            Scope::Own { .. } => (self.states(db).await?, Vec::new()),
            // Counting every application of the country at each visit would take longer than the page.
            Scope::All => {
                let states = StateCode::ALL.iter().map(|state| Facet::new(state.code(), state.label()));
                (states.collect(), all_departments(db).await?)
            }
        };
        Ok(Facets::default().with("state", states).with("department", departments))
    }
}

impl Applications {
    /// Every state, with how many applications are in it, whatever the filters: those of an organisation are counted as they
    /// change (ADR 43).
    async fn states(&self, db: &Db) -> Result<Vec<Facet>> {
        let mut sql = Sql::new("SELECT ");
        match self.scope {
            Scope::Received { company, since, .. } => sql
                .push("state, counted FROM read_received_states(")
                .push_bind(company)
                .push(", ")
                .push_bind(since)
                .push(")"),
            Scope::Sent { organisation, .. } => {
                sql.push("state, counted FROM read_sent_states(").push_bind(organisation).push(")")
            }
            Scope::Own { .. } | Scope::All => {
                sql.push("a.state, count(*) FROM applications a WHERE ");
                scope::push(self.scope, &mut sql);
                sql.push(" GROUP BY 1")
            }
        };
        let counts: Vec<(StateCode, i64)> = sql.build_query_as().fetch_all(db).await?;
        let count =
            |state| counts.iter().find(|(counted, _)| *counted == state).map_or(0, |(_, count)| *count);
        let facet = |state: &StateCode| Facet::new(state.code(), state.label()).counted(count(*state));
        Ok(StateCode::ALL.iter().map(facet).collect())
    }
}

/// Départements of the candidates of an organisation's applications, by code. Noted when an application is sent:
/// reading the file of thousands of people for it would take longer than the page.
async fn departments_of(
    db: &Db,
    organisation: OrganisationId,
    direction: &'static str,
) -> Result<Vec<Facet>> {
    let rows = sqlx::query!(
        r#"
        SELECT d.code, d.name
        FROM application_departments noted
        JOIN departments d ON d.code = noted.department_code
        WHERE noted.organisation_id = $1 AND noted.direction = $2
        ORDER BY d.code
        "#,
        organisation as _,
        direction,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| department(&row.code, &row.name)).collect())
}

async fn all_departments(db: &Db) -> Result<Vec<Facet>> {
    let mut sql = Sql::new("SELECT code, name FROM departments ORDER BY code");
    let rows: Vec<(String, String)> = sql.build_query_as().fetch_all(db).await?;
    Ok(rows.iter().map(|(code, name)| department(code, name)).collect())
}

fn department(code: &str, name: &str) -> Facet {
    Facet::new(code, format!("{name} ({code})"))
}
