//! SQL of the search of open posts (rule book 04 §4.3 and §4.4).

use chrono::{DateTime, Utc};
use iae_domain::directory::{Bounds, ContractType, RECENT};
use iae_domain::ids::{JobDescriptionId, OrganisationId};
use iae_domain::organisations::CompanyKind;
use sqlx::{Postgres, QueryBuilder};

use crate::Db;
use crate::directory::{RESULTS_PER_PAGE, Search};
use crate::error::Result;
use crate::list::{Cursor, Key};

/// An open post, as the results show it.
#[derive(Debug, Clone, PartialEq, sqlx::FromRow)]
pub struct JobRow {
    /// Its id.
    pub id: JobDescriptionId,
    /// Whose it is.
    pub company_id: OrganisationId,
    /// What it is called.
    pub label: String,
    /// The contract offered.
    pub contract_type: ContractType,
    /// What the contract is, when it is of another type.
    pub other_contract: String,
    /// Hours a week.
    pub weekly_hours: Option<i16>,
    /// How many people are looked for.
    pub open_positions: i16,
    /// Its ROME code.
    pub rome_code: String,
    /// When the employer last said it is open.
    pub last_employer_update_at: DateTime<Utc>,
    /// The brand of its employer, else its name.
    pub company_name: String,
    /// The kind of its employer.
    pub company_kind: CompanyKind,
    /// Someone of the company uses the service.
    pub has_members: bool,
    /// Its employer takes part in « Premières heures en chantier ».
    pub first_hours: bool,
    /// Post code of the place of work.
    pub post_code: Option<String>,
    /// Town of the place of work.
    pub city: String,
    /// Kilometres from the centre of the commune.
    pub distance: f64,
    /// Few people applied for it lately (CMP-34).
    pub few_applications: bool,
}

/// A page of open posts, those updated last first, and where the next one starts.
pub async fn jobs_page(
    db: &Db,
    search: &Search,
    after: Option<Cursor>,
) -> Result<(Vec<JobRow>, Option<Cursor>)> {
    let mut query = QueryBuilder::new(
        r"
        SELECT j.id
             , j.company_id
             , j.label
             , j.contract_type
             , j.other_contract
             , j.weekly_hours
             , j.open_positions
             , j.rome_code
             , j.last_employer_update_at
             , j.company_name
             , j.company_kind
             , j.has_members
             , j.first_hours
             , j.post_code
             , j.city
             , distance_km(",
    );
    query.push_bind(search.centre.latitude).push(", ").push_bind(search.centre.longitude);
    query.push(
        r", j.latitude, j.longitude) AS distance
             , (SELECT few FROM few_applications(j.id, ",
    );
    query.push_bind(search.now - RECENT).push(")) AS few_applications");
    push_matching_jobs(&mut query, search);
    if let Some(Cursor { key: Key::At(at), id }) = after {
        query.push(" AND (j.last_employer_update_at, j.id) < (");
        query.push_bind(at).push(", ").push_bind(id).push(")");
    }
    query.push(" ORDER BY j.last_employer_update_at DESC, j.id DESC LIMIT ");
    query.push_bind(i64::try_from(RESULTS_PER_PAGE).unwrap_or(i64::MAX) + 1);
    let mut rows: Vec<JobRow> =
        query.build_query_as().persistent(search.is_planned_once()).fetch_all(db).await?;
    let more = rows.len() > RESULTS_PER_PAGE;
    rows.truncate(RESULTS_PER_PAGE);
    let next = rows.last().filter(|_| more);
    let next = next.map(|row| Cursor { key: Key::At(row.last_employer_update_at), id: row.id.0 });
    Ok((rows, next))
}

/// `FROM … WHERE …` of the posts a search is after; `j` is the post.
pub(in crate::directory) fn push_matching_jobs(query: &mut QueryBuilder<Postgres>, search: &Search) {
    let (centre, filters) = (search.centre, &search.filters);
    let bounds = Bounds::around(centre, filters.distance);
    query.push(" FROM directory_jobs j WHERE j.latitude BETWEEN ");
    query.push_bind(bounds.south).push(" AND ").push_bind(bounds.north);
    query.push(" AND j.longitude BETWEEN ").push_bind(bounds.west).push(" AND ").push_bind(bounds.east);
    query.push(" AND distance_km(").push_bind(centre.latitude).push(", ").push_bind(centre.longitude);
    query.push(", j.latitude, j.longitude) <= ").push_bind(f64::from(filters.distance.km()));
    if !filters.kinds.is_empty() {
        query.push(" AND j.company_kind = ANY(").push_bind(search.kind_codes()).push(")");
    }
    if !filters.departments.is_empty() {
        query.push(" AND j.department_code = ANY(").push_bind(filters.departments.clone()).push(")");
    }
    if filters.first_hours {
        query.push(" AND j.first_hours");
    }
    if !filters.contract_types.is_empty() {
        let codes: Vec<String> = filters.contract_types.iter().map(|kind| kind.code().to_owned()).collect();
        query.push(" AND j.contract_type = ANY(").push_bind(codes).push(")");
    }
    if !filters.domains.is_empty() {
        let letters: Vec<String> = filters.domains.iter().map(|domain| domain.letter().to_string()).collect();
        query.push(" AND left(j.rome_code, 1) = ANY(").push_bind(letters).push(")");
    }
    for pattern in search.patterns() {
        query.push(" AND j.words LIKE ").push_bind(pattern);
    }
}
