//! The lists of applications: received, sent, one's own (rule book 02 §10).

use chrono::{DateTime, NaiveDate, Utc};
use iae_domain::actor::{CandidateActor, EmployerActor, PrescriberActor};
use iae_domain::applications::{SenderKind, StateCode};
use iae_domain::ids::{ApplicationId, OrganisationId, UserId};
use iae_domain::text::masked;
use iae_domain::time::{add_days, paris_midnight};
use sqlx::{Postgres, QueryBuilder};

use super::Filters;
use super::store::visible_since;
use crate::error::Result;
use crate::pagination::{Cursor, Page, ROWS_TO_FETCH};
use crate::{Ctx, Db};

/// One line of a list.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct ApplicationRow {
    /// The application.
    pub id: ApplicationId,
    /// Its state.
    pub state: StateCode,
    /// When it was sent.
    pub submitted_at: DateTime<Utc>,
    /// The person, masked for those who may not see who it is (PII-4).
    pub candidate: String,
    /// Where the person lives.
    pub city: String,
    /// Their département.
    pub department: Option<String>,
    /// The receiving company.
    pub company: String,
    /// In what capacity it was sent.
    pub sender_kind: SenderKind,
    /// The account that sent it.
    pub sender_id: Option<UserId>,
    /// The name of that account.
    pub sender: Option<String>,
    /// The organisation it was sent for.
    pub sender_organisation: Option<String>,
    /// Posts it is for; none is a spontaneous application.
    pub jobs: Vec<String>,
    /// First day of the contract, once accepted.
    pub hiring_starts_on: Option<NaiveDate>,
    /// Whether nothing remains to be validated for a hire by the receiving company.
    pub eligible: bool,
}

/// How many applications are in each state, whatever the filters, and what may be filtered by.
#[derive(Debug, Clone, Default)]
pub struct Counts {
    /// State and count, only the states that occur.
    pub by_state: Vec<(StateCode, i64)>,
    /// Départements of the candidates: code and name, only those that occur or occurred; none for one's own.
    pub departments: Vec<(String, String)>,
}

impl Counts {
    /// How many in all.
    pub fn total(&self) -> i64 {
        self.by_state.iter().map(|(_, count)| count).sum()
    }

    /// How many in these states.
    pub fn of(&self, states: &[StateCode]) -> i64 {
        self.by_state.iter().filter(|(state, _)| states.contains(state)).map(|(_, count)| count).sum()
    }
}

/// One line more than a page, to know whether another follows.
const LIMIT: i64 = ROWS_TO_FETCH;

/// Whose list it is.
#[derive(Debug, Clone, Copy)]
enum Scope {
    /// Received by a company, as long as it may see them (VIS-1).
    Received { company: OrganisationId, since: DateTime<Utc> },
    /// Sent for a prescriber organisation, by any member (LIST-S).
    Sent { organisation: OrganisationId, user: UserId, sees_everyone: bool },
    /// Those of a person.
    Own { candidate: UserId },
}

/// The applications the company received.
pub async fn received(
    db: &Db,
    ctx: &Ctx<EmployerActor>,
    filters: &Filters,
    cursor: Option<Cursor>,
) -> Result<Page<ApplicationRow>> {
    list(db, scope_received(ctx), ctx.today(), filters, cursor).await
}

/// The applications sent for the prescriber's organisation, whoever sent them (LIST-S).
pub async fn sent(
    db: &Db,
    ctx: &Ctx<PrescriberActor>,
    filters: &Filters,
    cursor: Option<Cursor>,
) -> Result<Page<ApplicationRow>> {
    list(db, scope_sent(ctx), ctx.today(), filters, cursor).await
}

/// The candidate's own applications.
pub async fn own(
    db: &Db,
    ctx: &Ctx<CandidateActor>,
    filters: &Filters,
    cursor: Option<Cursor>,
) -> Result<Page<ApplicationRow>> {
    list(db, Scope::Own { candidate: ctx.actor.user }, ctx.today(), filters, cursor).await
}

/// Counts of what the company received.
pub async fn received_counts(db: &Db, ctx: &Ctx<EmployerActor>) -> Result<Counts> {
    counts(db, scope_received(ctx)).await
}

/// Counts of what was sent for the prescriber's organisation.
pub async fn sent_counts(db: &Db, ctx: &Ctx<PrescriberActor>) -> Result<Counts> {
    counts(db, scope_sent(ctx)).await
}

/// Counts of the candidate's own applications.
pub async fn own_counts(db: &Db, ctx: &Ctx<CandidateActor>) -> Result<Counts> {
    counts(db, Scope::Own { candidate: ctx.actor.user }).await
}

fn scope_received(ctx: &Ctx<EmployerActor>) -> Scope {
    Scope::Received { company: ctx.actor.organisation, since: visible_since(ctx.now) }
}

fn scope_sent(ctx: &Ctx<PrescriberActor>) -> Scope {
    let PrescriberActor { organisation, user, authorised, .. } = ctx.actor;
    Scope::Sent { organisation, user, sees_everyone: authorised }
}

/// A valid PASS, or a diagnosis the receiving company may rest a hire on (rule book 03 §2.7).
const ELIGIBLE: &str = "(
    EXISTS (SELECT FROM passes p WHERE p.candidate_id = a.candidate_id AND p.ends_on >= ";
const ELIGIBLE_DIAGNOSIS: &str = ")
    OR EXISTS (
        SELECT FROM eligibility_diagnoses d
        WHERE d.candidate_id = a.candidate_id
          AND (d.author_kind = 'prescriber' OR d.organisation_id = a.company_id)
          AND d.expires_on > ";

fn push_eligible(query: &mut QueryBuilder<Postgres>, today: NaiveDate) {
    query.push(ELIGIBLE).push_bind(today).push(ELIGIBLE_DIAGNOSIS).push_bind(today).push("))");
}

fn push_scope(query: &mut QueryBuilder<Postgres>, scope: Scope) {
    match scope {
        Scope::Received { company, since } => query
            .push("a.company_id = ")
            .push_bind(company)
            .push(" AND (a.state = 'accepted' OR a.submitted_at > ")
            .push_bind(since)
            .push(")"),
        Scope::Sent { organisation, .. } => {
            query.push("a.sender_kind = 'prescriber' AND a.sender_organisation_id = ").push_bind(organisation)
        }
        Scope::Own { candidate } => query.push("a.candidate_id = ").push_bind(candidate),
    };
}

/// One page, latest first. The page is cut before its lines are filled, so that only 21 of them are.
async fn list(
    db: &Db,
    scope: Scope,
    today: NaiveDate,
    filters: &Filters,
    cursor: Option<Cursor>,
) -> Result<Page<ApplicationRow>> {
    let mut query = QueryBuilder::new(
        r"
        WITH page AS (
            SELECT a.*, c.city, c.created_by, d.name AS department
            FROM applications a
            JOIN candidates c ON c.id = a.candidate_id
            LEFT JOIN departments d ON d.code = c.department_code
            WHERE ",
    );
    push_scope(&mut query, scope);
    push_filters(&mut query, scope, today, filters);
    if let Some(cursor) = cursor {
        query.push(" AND (a.submitted_at, a.id) < (").push_bind(cursor.at).push(", ");
        query.push_bind(cursor.id).push(")");
    }
    query.push(" ORDER BY a.submitted_at DESC, a.id DESC LIMIT ").push_bind(LIMIT);
    query.push(
        r"
        )
        SELECT a.id
             , a.state
             , a.submitted_at
             , full_name(person.first_name, person.last_name) AS candidate
             , a.city
             , a.department
             , o.shown_name AS company
             , a.sender_kind
             , a.sender_id
             , full_name(sender.first_name, sender.last_name) AS sender
             , sending.shown_name AS sender_organisation
             , ARRAY(
                   SELECT coalesce(nullif(j.custom_name, ''), r.label)
                   FROM application_jobs aj
                   JOIN job_descriptions j ON j.id = aj.job_description_id
                   JOIN rome_appellations r ON r.code = j.appellation_code
                   WHERE aj.application_id = a.id
                   ORDER BY 1
               ) AS jobs
             , a.hiring_starts_on
             , a.created_by
             , ",
    );
    push_eligible(&mut query, today);
    query.push(
        r" AS eligible
        FROM page a
        JOIN users person ON person.id = a.candidate_id
        JOIN organisations o ON o.id = a.company_id
        JOIN companies company ON company.organisation_id = a.company_id
        LEFT JOIN users sender ON sender.id = a.sender_id
        LEFT JOIN organisations sending ON sending.id = a.sender_organisation_id
        LEFT JOIN companies sending_company ON sending_company.organisation_id = a.sender_organisation_id
        ORDER BY a.submitted_at DESC, a.id DESC",
    );
    let mut rows: Vec<Line> = query.build_query_as().fetch_all(db).await?;
    if let Scope::Sent { user, sees_everyone: false, .. } = scope {
        for line in rows.iter_mut().filter(|line| line.created_by != Some(user)) {
            line.row.candidate = masked(&line.row.candidate);
        }
    }
    let rows = rows.into_iter().map(|line| line.row).collect();
    Ok(Page::cut(rows, |row: &ApplicationRow| Cursor { at: row.submitted_at, id: row.id.0 }))
}

#[derive(sqlx::FromRow)]
struct Line {
    #[sqlx(flatten)]
    row: ApplicationRow,
    created_by: Option<UserId>,
}

fn push_filters(query: &mut QueryBuilder<Postgres>, scope: Scope, today: NaiveDate, filters: &Filters) {
    if !filters.states.is_empty() {
        let states: Vec<&str> = filters.states.iter().map(|state| state.code()).collect();
        query.push(" AND a.state = ANY(").push_bind(states).push(")");
    }
    if !filters.departments.is_empty() {
        query.push(" AND c.department_code = ANY(").push_bind(filters.departments.clone()).push(")");
    }
    if let Some(from) = filters.from {
        query.push(" AND a.submitted_at >= ").push_bind(paris_midnight(from));
    }
    if let Some(until) = filters.until {
        query.push(" AND a.submitted_at < ").push_bind(paris_midnight(add_days(until, 1)));
    }
    for word in iae_domain::text::folded(&filters.name).split_whitespace() {
        query.push(" AND ' ' || c.search LIKE ").push_bind(format!("% {word}%"));
    }
    // A name that may not be seen may not be found either (LIST-7).
    if let Scope::Sent { user, sees_everyone: false, .. } = scope
        && !filters.name.trim().is_empty()
    {
        query.push(" AND c.created_by = ").push_bind(user);
    }
    if let Some(eligible) = filters.eligible {
        query.push(if eligible { " AND " } else { " AND NOT " });
        push_eligible(query, today);
    }
}

async fn counts(db: &Db, scope: Scope) -> Result<Counts> {
    let mut query = QueryBuilder::new("SELECT a.state, count(*) FROM applications a WHERE ");
    push_scope(&mut query, scope);
    query.push(" GROUP BY 1");
    let by_state: Vec<(StateCode, i64)> = query.build_query_as().fetch_all(db).await?;
    let departments = match scope {
        Scope::Received { company, .. } => departments(db, company, "received").await?,
        Scope::Sent { organisation, .. } => departments(db, organisation, "sent").await?,
        Scope::Own { .. } => Vec::new(),
    };
    Ok(Counts { by_state, departments })
}

/// Départements of the candidates of an organisation's applications, by code. Noted when an application is sent:
/// reading the file of thousands of people for it would take longer than the page.
async fn departments(
    db: &Db,
    organisation: OrganisationId,
    direction: &'static str,
) -> Result<Vec<(String, String)>> {
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
    Ok(rows.into_iter().map(|row| (row.code, row.name)).collect())
}
