//! SQL of the search of employers (rule book 04 §4.2 to §4.4).

use chrono::{DateTime, Utc};
use iae_domain::directory::{ContractType, RECENT};
use iae_domain::ids::{JobDescriptionId, OrganisationId};
use iae_domain::organisations::CompanyKind;
use sqlx::types::Json;

use super::EmployerCursor;
use crate::Db;
use crate::directory::parameters::Parameters;
use crate::directory::queries::searched::found;
use crate::directory::queries::{Counts, counts};
use crate::directory::{FIRST_JOBS, Found, RESULTS_PER_PAGE, Search};
use crate::error::Result;

/// An employer, as the results show it.
#[derive(Debug, Clone, PartialEq)]
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
    /// What the whole search finds, when that is asked: the same for each row.
    counts: Option<Json<Counts>>,
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

/// A page of employers in the order of CMP-39, where the next one starts, and how much the search finds.
pub async fn employers_found(
    db: &Db,
    search: &Search,
    after: Option<EmployerCursor>,
) -> Result<Found<EmployerRow, EmployerCursor>> {
    let mut rows = rows(db, search, after, true).await?;
    let counts = match rows.first_mut().and_then(|row| row.counts.take()) {
        Some(Json(counts)) => counts,
        None => counts(db, search).await?,
    };
    let (rows, next) = cut(rows);
    Ok(Found { rows, next, counts })
}

/// The same page, for who does not ask how much there is.
pub async fn employers_page(
    db: &Db,
    search: &Search,
    after: Option<EmployerCursor>,
) -> Result<(Vec<EmployerRow>, Option<EmployerCursor>)> {
    Ok(cut(rows(db, search, after, false).await?))
}

fn cut(mut rows: Vec<EmployerRow>) -> (Vec<EmployerRow>, Option<EmployerCursor>) {
    let more = rows.len() > RESULTS_PER_PAGE;
    rows.truncate(RESULTS_PER_PAGE);
    let next = rows.last().filter(|_| more).map(EmployerRow::cursor);
    (rows, next)
}

/// The employers of a page, and one more when there is another page.
async fn rows(
    db: &Db,
    search: &Search,
    after: Option<EmployerCursor>,
    is_counted: bool,
) -> Result<Vec<EmployerRow>> {
    let asked = Parameters::of(search);
    let rows = found!(
        EmployerRow,
        asked,
        fetch_all(db),
        r#"
        SELECT s.organisation_id AS "organisation_id!: OrganisationId"
             , s.kind AS "kind!: CompanyKind"
             , s.name AS "name!"
             , s.display_name AS "display_name!"
             , s.address_line_1 AS "address_line_1!"
             , s.post_code AS "post_code?"
             , s.city AS "city!"
             , s.first_hours AS "first_hours!"
             , s.weekly_hours AS "weekly_hours?"
             , s.is_blocked AS "is_blocked!"
             , s.is_spontaneous_open AS "is_spontaneous_open!"
             , s.has_members AS "has_members!"
             , s.is_hiring AS "is_hiring!"
             , s.application_score AS "application_score!"
             , s.open_jobs AS "open_jobs!"
             , s.open_positions AS "open_positions!"
             , s.rome_codes AS "rome_codes!"
             , s.usual_answer_days AS "usual_answer_days?"
             , distance_km($1, $2, s.latitude, s.longitude) AS "distance!"
             , (SELECT to_jsonb(c) FROM counted c WHERE $18::bool) AS "counts?: Json<Counts>"
        FROM (
            SELECT e.organisation_id
            FROM employers e
            WHERE (cardinality($8::text[]) = 0 OR e.post_code = ANY ($8))
              AND (
                  $13::bool IS NULL
                  OR (NOT e.has_members, NOT e.is_hiring, e.application_score, e.organisation_id)
                      > ($13, $14::bool, $15::float8, $16::uuid)
              )
            ORDER BY NOT e.has_members
                   , NOT e.is_hiring
                   , e.application_score
                   , e.organisation_id
            LIMIT $17
        ) page
        JOIN directory_employers s ON s.organisation_id = page.organisation_id
        ORDER BY NOT s.has_members
               , NOT s.is_hiring
               , s.application_score
               , s.organisation_id
        "#,
        after.map(|after| !after.has_members),
        after.map(|after| !after.is_hiring),
        after.map(|after| after.score),
        after.map(|after| after.id),
        i64::try_from(RESULTS_PER_PAGE).unwrap_or(i64::MAX) + 1,
        is_counted,
    );
    Ok(rows)
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
