//! SQL of the search of open posts (rule book 04 §4.3 and §4.4).

use chrono::{DateTime, Utc};
use iae_domain::directory::{ContractType, RECENT};
use iae_domain::ids::{JobDescriptionId, OrganisationId};
use iae_domain::organisations::CompanyKind;
use sqlx::types::Json;

use crate::Db;
use crate::directory::parameters::Parameters;
use crate::directory::queries::searched::found;
use crate::directory::queries::{Counts, counts};
use crate::directory::{Found, RESULTS_PER_PAGE, Search};
use crate::error::Result;
use crate::list::{Cursor, Key};

/// An open post, as the results show it.
#[derive(Debug, Clone, PartialEq)]
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
    /// What the whole search finds: the same for each row.
    counts: Option<Json<Counts>>,
}

/// A page of open posts, those updated last first, where the next one starts, and how much the search finds.
pub async fn jobs_found(db: &Db, search: &Search, after: Option<Cursor>) -> Result<Found<JobRow, Cursor>> {
    let asked = Parameters::of(search);
    let (after, after_id) = match after {
        Some(Cursor { key: Key::At(at), id }) => (Some(at), Some(id)),
        _ => (None, None),
    };
    let mut rows = found!(
        JobRow,
        asked,
        fetch_all(db),
        r#"
        SELECT j.id AS "id!: JobDescriptionId"
             , j.company_id AS "company_id!: OrganisationId"
             , j.label AS "label!"
             , j.contract_type AS "contract_type!: ContractType"
             , j.other_contract AS "other_contract!"
             , j.weekly_hours AS "weekly_hours?"
             , j.open_positions AS "open_positions!"
             , j.rome_code AS "rome_code!"
             , j.last_employer_update_at AS "last_employer_update_at!"
             , j.company_name AS "company_name!"
             , j.company_kind AS "company_kind!: CompanyKind"
             , j.has_members AS "has_members!"
             , j.first_hours AS "first_hours!"
             , j.post_code AS "post_code?"
             , j.city AS "city!"
             , distance_km($1, $2, j.latitude, j.longitude) AS "distance!"
             , recent.few AS "few_applications!"
             , (SELECT to_jsonb(c) FROM counted c) AS "counts?: Json<Counts>"
        FROM (
            SELECT id
            FROM jobs
            WHERE $13::timestamptz IS NULL OR (last_employer_update_at, id) < ($13, $14::uuid)
            ORDER BY last_employer_update_at DESC
                   , id DESC
            LIMIT $15
        ) page
        JOIN directory_jobs j ON j.id = page.id
        CROSS JOIN LATERAL few_applications(j.id, $16) recent
        ORDER BY j.last_employer_update_at DESC
               , j.id DESC
        "#,
        after,
        after_id,
        i64::try_from(RESULTS_PER_PAGE).unwrap_or(i64::MAX) + 1,
        search.now - RECENT,
    );
    let counts = match rows.first_mut().and_then(|row| row.counts.take()) {
        Some(Json(counts)) => counts,
        None => counts(db, search).await?,
    };
    let more = rows.len() > RESULTS_PER_PAGE;
    rows.truncate(RESULTS_PER_PAGE);
    let next = rows.last().filter(|_| more);
    let next = next.map(|row| Cursor { key: Key::At(row.last_employer_update_at), id: row.id.0 });
    Ok(Found { rows, next, counts })
}
