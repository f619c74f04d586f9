//! SQL of the search of employers (rule book 04 §4.2 to §4.4).

use chrono::{DateTime, Utc};
use iae_domain::directory::{Bounds, ContractType, RECENT};
use iae_domain::ids::{JobDescriptionId, OrganisationId};
use iae_domain::organisations::CompanyKind;
use sqlx::{Postgres, QueryBuilder};

use super::EmployerCursor;
use crate::Db;
use crate::directory::{FIRST_JOBS, RESULTS_PER_PAGE, Search};
use crate::error::Result;

/// An employer, as the results show it.
#[derive(Debug, Clone, PartialEq, sqlx::FromRow)]
pub struct EmployerRow {
    /// Its id.
    pub organisation_id: OrganisationId,
    /// Its kind.
    pub kind: CompanyKind,
    /// Official name.
    pub name: String,
    /// The brand it goes by, else its name.
    pub display_name: String,
    /// Kilometres from the centre of the commune.
    pub distance: f64,
    /// Number and street.
    pub address_line_1: String,
    /// Post code.
    pub post_code: Option<String>,
    /// Town.
    pub city: String,
    /// Takes part in « Premières heures en chantier ».
    pub first_hours: bool,
    /// Usual hours a week.
    pub weekly_hours: Option<i16>,
    /// Refuses new applications for now.
    pub is_blocked: bool,
    /// Takes applications without choosing a post.
    pub is_spontaneous_open: bool,
    /// Someone of the company uses the service.
    pub has_members: bool,
    /// Takes applications.
    pub is_hiring: bool,
    /// Applications per opening.
    pub application_score: f64,
    /// How many posts are open.
    pub open_jobs: i64,
    /// How many people the open posts look for.
    pub open_positions: i64,
    /// ROME codes of the open posts, the most frequent first.
    pub rome_codes: Vec<String>,
    /// Median days to a first answer.
    pub usual_answer_days: Option<f64>,
}

impl EmployerRow {
    fn cursor(&self) -> EmployerCursor {
        EmployerCursor {
            has_members: self.has_members,
            is_hiring: self.is_hiring,
            score: self.application_score,
            id: self.organisation_id.0,
        }
    }
}

/// A page of employers in the order of CMP-39, and where the next one starts.
pub async fn employers_page(
    db: &Db,
    search: &Search,
    after: Option<EmployerCursor>,
) -> Result<(Vec<EmployerRow>, Option<EmployerCursor>)> {
    let mut query = QueryBuilder::new(
        r"
        SELECT s.organisation_id
             , s.kind
             , s.name
             , s.display_name
             , s.address_line_1
             , s.post_code
             , s.city
             , s.first_hours
             , s.weekly_hours
             , s.is_blocked
             , s.is_spontaneous_open
             , s.has_members
             , s.is_hiring
             , s.application_score
             , s.open_jobs
             , s.open_positions
             , s.rome_codes
             , s.usual_answer_days
             , distance_km(",
    );
    query.push_bind(search.centre.latitude).push(", ").push_bind(search.centre.longitude);
    query.push(", s.latitude, s.longitude) AS distance");
    push_matching_employers(&mut query, search, true);
    if let Some(after) = after {
        query.push(" AND (NOT s.has_members, NOT s.is_hiring, s.application_score, s.organisation_id) > (");
        query.push_bind(!after.has_members).push(", ").push_bind(!after.is_hiring).push(", ");
        query.push_bind(after.score).push(", ").push_bind(after.id).push(")");
    }
    query.push(" ORDER BY NOT s.has_members, NOT s.is_hiring, s.application_score, s.organisation_id LIMIT ");
    query.push_bind(i64::try_from(RESULTS_PER_PAGE).unwrap_or(i64::MAX) + 1);
    let mut rows: Vec<EmployerRow> =
        query.build_query_as().persistent(search.is_planned_once()).fetch_all(db).await?;
    let more = rows.len() > RESULTS_PER_PAGE;
    rows.truncate(RESULTS_PER_PAGE);
    let next = rows.last().filter(|_| more).map(EmployerRow::cursor);
    Ok((rows, next))
}

/// `FROM … WHERE …` of the employers a search is after; `s` is the company.
pub(in crate::directory) fn push_matching_employers(
    query: &mut QueryBuilder<Postgres>,
    search: &Search,
    with_districts: bool,
) {
    let (centre, filters) = (search.centre, &search.filters);
    let bounds = Bounds::around(centre, filters.distance);
    query.push(" FROM directory_employers s WHERE s.latitude BETWEEN ");
    query.push_bind(bounds.south).push(" AND ").push_bind(bounds.north);
    query.push(" AND s.longitude BETWEEN ").push_bind(bounds.west).push(" AND ").push_bind(bounds.east);
    query.push(" AND distance_km(").push_bind(centre.latitude).push(", ").push_bind(centre.longitude);
    query.push(", s.latitude, s.longitude) <= ").push_bind(f64::from(filters.distance.km()));
    if !filters.kinds.is_empty() {
        query.push(" AND s.kind = ANY(").push_bind(search.kind_codes()).push(")");
    }
    if !filters.departments.is_empty() {
        query.push(" AND s.department_code = ANY(").push_bind(filters.departments.clone()).push(")");
    }
    if with_districts && !filters.districts.is_empty() {
        query.push(" AND s.post_code = ANY(").push_bind(filters.districts.clone()).push(")");
    }
    if filters.first_hours {
        query.push(" AND s.first_hours");
    }
    for pattern in search.patterns() {
        query.push(" AND s.words LIKE ").push_bind(pattern);
    }
}

/// An open post, as the card of its employer shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct FirstJobRow {
    /// Its id.
    pub id: JobDescriptionId,
    /// Whose it is.
    pub company_id: OrganisationId,
    /// What it is called.
    pub label: String,
    /// The contract offered.
    pub contract_type: ContractType,
    /// Hours a week.
    pub weekly_hours: Option<i16>,
    /// Few people applied for it lately (CMP-34).
    pub few_applications: bool,
}

/// The first open posts of each company, those updated last first.
pub async fn first_jobs(
    db: &Db,
    companies: &[OrganisationId],
    now: DateTime<Utc>,
) -> Result<Vec<FirstJobRow>> {
    let companies: Vec<uuid::Uuid> = companies.iter().map(|id| id.0).collect();
    let rows = sqlx::query_as!(
        FirstJobRow,
        r#"
        SELECT j.id
             , j.company_id
             , j.label
             , j.contract_type
             , j.weekly_hours
             , recent.few AS "few_applications!"
        FROM unnest($1::uuid[]) AS c (id)
        CROSS JOIN LATERAL (
            SELECT id
            FROM job_descriptions
            WHERE company_id = c.id AND is_active
            ORDER BY last_employer_update_at DESC, id DESC
            LIMIT $3
        ) AS first
        JOIN job_descriptions j ON j.id = first.id
        CROSS JOIN LATERAL few_applications(j.id, $2) recent
        ORDER BY j.last_employer_update_at DESC, j.id DESC
        "#,
        &companies,
        now - RECENT,
        FIRST_JOBS,
    )
    .fetch_all(db)
    .await?;
    Ok(rows)
}
