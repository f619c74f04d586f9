//! The lists of applications: received, sent, one's own, all of them for the team (rule book 02 §10).

mod elsewhere;
mod row;

use chrono::NaiveDate;
use iae_domain::Actor;
use iae_domain::applications::StateCode;
use iae_domain::exports::ListKind;
use iae_domain::ids::OrganisationId;

pub use elsewhere::SentElsewhere;
pub use row::ApplicationRow;

use super::{Scope, scope};
use crate::error::Result;
use crate::list::{Asked, Cell, Column, Direction, Facet, Facets, Filter, KeyKind, List, Sql, Time};
use crate::{Ctx, Db};

/// The applications a reader sees.
#[derive(Debug, Clone)]
pub struct Applications {
    actor: Actor,
    /// Which ones.
    pub scope: Scope,
    today: NaiveDate,
}

impl Applications {
    /// The list of an actor; those who have none are denied.
    pub fn of(ctx: &Ctx<Actor>) -> Result<Self> {
        Ok(Self { scope: Scope::of(&ctx.actor, ctx.now)?, actor: ctx.actor.clone(), today: ctx.today() })
    }

    /// A valid PASS, or a diagnosis the receiving company may rest a hire on (rule book 03 §2.7).
    fn push_eligible(sql: &mut Sql, application: &str, today: NaiveDate) {
        sql.push(format_args!(
            "(EXISTS (SELECT FROM passes p WHERE p.candidate_id = {application}.candidate_id AND p.ends_on >= "
        ));
        sql.push_bind(today).push(format_args!(
            ") OR EXISTS (
                SELECT FROM eligibility_diagnoses d
                WHERE d.candidate_id = {application}.candidate_id
                  AND (d.author_kind = 'prescriber' OR d.organisation_id = {application}.company_id)
                  AND d.expires_on > "
        ));
        sql.push_bind(today).push("))");
    }
}

impl List for Applications {
    type Row = ApplicationRow;

    const KIND: ListKind = ListKind::Applications;
    const ID: &'static str = "a.id";
    const KEPT: &'static str = "a.*, c.city, c.department_code, c.created_by";
    const JOINS: &'static str = "
        JOIN users person ON person.id = page.candidate_id
        JOIN organisations o ON o.id = page.company_id
        LEFT JOIN departments d ON d.code = page.department_code
        LEFT JOIN users sender ON sender.id = page.sender_id
        LEFT JOIN organisations sending ON sending.id = page.sender_organisation_id";

    fn cut(&self, sql: &mut Sql, _: &Asked) {
        sql.push("FROM applications a JOIN candidates c ON c.id = a.candidate_id WHERE ");
        scope::push(self.scope, sql);
    }

    fn fill(&self, sql: &mut Sql) {
        sql.push(
            "page.id
             , page.state
             , page.submitted_at
             , full_name(person.first_name, person.last_name) AS candidate
             , page.candidate_id
             , page.created_by
             , page.city
             , d.name AS department
             , o.shown_name AS company
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
        Self::push_eligible(sql, "page", self.today);
        sql.push(" AS eligible");
    }

    fn columns(&self) -> Vec<Column<Self>> {
        let by_name =
            |column: Column<Self>| column.sorted_by("c.search", KeyKind::Text, Direction::Ascending);
        let person = Column::new("person", "Personne", |list: &Self, row: &ApplicationRow| {
            Cell::text(row.candidate(&list.actor))
        })
        .under("Commune", |_, row: &ApplicationRow| Cell::text(row.place()));
        let company = Column::new("company", "Structure", |_, row: &ApplicationRow| Cell::text(&row.company));
        let sender =
            Column::new("sender", "Envoyée par", |_, row: &ApplicationRow| Cell::text(row.sender()));
        let state = Column::new("state", "État", |_, row: &ApplicationRow| Cell::text(row.state.label()));
        let jobs = Column::new("jobs", "Poste", |_, row: &ApplicationRow| Cell::text(row.jobs()));
        let eligible =
            Column::new("eligible", "Éligibilité", |_, row: &ApplicationRow| Cell::text(row.eligibility()));
        let sent = |label| {
            Column::new("sent", label, |_, row: &ApplicationRow| Cell::instant_day(row.submitted_at))
                .sorted_by("a.submitted_at", KeyKind::At, Direction::Descending)
        };
        match self.scope {
            Scope::Received { is_siae: true, .. } => {
                vec![by_name(person), state, jobs, sender, eligible, sent("Reçue")]
            }
            Scope::Received { .. } => vec![by_name(person), state, jobs, sender, sent("Reçue")],
            // The order of masked names would tell what they hide.
            Scope::Sent { sees_everyone: false, .. } => vec![person, state, jobs, company, sent("Envoyée")],
            Scope::Sent { .. } => vec![by_name(person), state, jobs, company, sent("Envoyée")],
            Scope::Own { .. } => vec![company, state, jobs, sent("Envoyée")],
            Scope::All => vec![person, state, jobs, company, sender, sent("Envoyée")],
        }
    }

    fn filters(&self, facets: &Facets) -> Vec<Filter> {
        let scope = self.scope;
        let mut name = Filter::words("name", "Nom du candidat", "c.search");
        if let Scope::Sent { user, sees_everyone: false, .. } = scope {
            // A name that may not be seen may not be found either (LIST-7).
            name = name.among(move |sql| {
                sql.push(" AND (c.created_by = ").push_bind(user);
                sql.push(" OR a.sender_id = ").push_bind(user).push(")");
            });
        }
        let today = self.today;
        let eligible = Filter::choice_by(
            "eligibility",
            "Éligibilité",
            "Toutes",
            vec![
                Facet::new("valid", "Éligibilité validée"),
                Facet::new("to_validate", "Éligibilité à valider"),
            ],
            move |sql, codes| {
                // Both asked for are all of them (rule book 02 §10.2).
                if let [code] = codes {
                    sql.push(if code == "valid" { " AND " } else { " AND NOT " });
                    Self::push_eligible(sql, "a", today);
                }
            },
        );
        let state = Filter::choice("state", "État", "Tous", facets.of("state"), "a.state");
        let department =
            Filter::choice("department", "Département", "Tous", facets.of("department"), "c.department_code");
        let mut filters = match scope {
            Scope::Received { is_siae: true, .. } => vec![name, state, department, eligible],
            // Nobody else is told on which diagnosis a company may rest a hire (ELI-5, CAN-C).
            Scope::Received { .. } | Scope::Sent { .. } => vec![name, state, department],
            Scope::Own { .. } => vec![state],
            Scope::All => {
                let delivery = vec![
                    Facet::new("automatic", "Délivré ou déjà en cours"),
                    Facet::new("manual", "À délivrer à la main"),
                ];
                vec![
                    state,
                    department,
                    Filter::choice("delivery", "PASS IAE", "Tous", delivery, "a.pass_delivery"),
                ]
            }
        };
        filters.extend(Filter::period("Depuis le", "Jusqu'au", Time::At("a.submitted_at")));
        filters
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
    /// Every state, with how many applications are in it, whatever the filters: an index gives it.
    async fn states(&self, db: &Db) -> Result<Vec<Facet>> {
        let mut sql = Sql::new("SELECT a.state, count(*) FROM applications a WHERE ");
        scope::push(self.scope, &mut sql);
        sql.push(" GROUP BY 1");
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
