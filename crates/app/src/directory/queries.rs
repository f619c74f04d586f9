//! What the pages of the directory read beside their results: counts, cards, the figures of the home page.

pub(super) mod searched;

use chrono::{DateTime, Utc};
use iae_domain::directory::{ContractType, RECENT};
use iae_domain::ids::{JobDescriptionId, OrganisationId};
use iae_domain::organisations::CompanyKind;
use serde::Deserialize;

use self::searched::found;
use super::Search;
use super::parameters::Parameters;
use crate::Db;
use crate::error::Result;

/// How much a search finds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct Counts {
    /// Employers, counted up to one more than [`super::COUNTED_UP_TO`].
    pub employers: i64,
    /// Open posts, counted likewise.
    pub jobs: i64,
    /// Post codes beginning as asked among the employers, whatever the districts chosen.
    pub districts: Vec<String>,
}

/// Counts both tabs at once: pages say it of themselves, unless they have no result to say it with.
pub async fn counts(db: &Db, search: &Search) -> Result<Counts> {
    let asked = Parameters::of(search);
    let counts = found!(
        Counts,
        asked,
        fetch_one(db),
        r#"
        SELECT employers AS "employers!"
             , jobs AS "jobs!"
             , districts AS "districts!"
        FROM counted
        "#,
    );
    Ok(counts)
}

/// A company, as its card shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct EmployerCard {
    /// Its id.
    pub organisation_id: OrganisationId,
    /// Its kind.
    pub kind: CompanyKind,
    /// Official name.
    pub name: String,
    /// The brand it goes by, else its name.
    pub display_name: String,
    /// Number and street.
    pub address_line_1: String,
    /// The rest of the address.
    pub address_line_2: String,
    /// Post code.
    pub post_code: Option<String>,
    /// Town.
    pub city: String,
    /// Public phone number.
    pub phone: Option<String>,
    /// Public e-mail address.
    pub email: Option<String>,
    /// Web site.
    pub website: Option<String>,
    /// What it does.
    pub description: String,
    /// How it accompanies people.
    pub provided_support: String,
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
    /// How many posts are open.
    pub open_jobs: i64,
    /// Median days to a first answer.
    pub usual_answer_days: Option<f64>,
}

/// The card of a company anyone may find (CMP-27); none otherwise.
pub async fn employer_card(db: &Db, id: OrganisationId) -> Result<Option<EmployerCard>> {
    let card = sqlx::query_as!(
        EmployerCard,
        r#"
        SELECT s.organisation_id AS "organisation_id!: OrganisationId"
             , s.kind AS "kind!: CompanyKind"
             , s.name AS "name!"
             , s.display_name AS "display_name!"
             , s.address_line_1 AS "address_line_1!"
             , s.address_line_2 AS "address_line_2!"
             , s.post_code
             , s.city AS "city!"
             , s.phone
             , s.email
             , s.website
             , s.description AS "description!"
             , s.provided_support AS "provided_support!"
             , s.first_hours AS "first_hours!"
             , s.weekly_hours
             , s.is_blocked AS "is_blocked!"
             , s.is_spontaneous_open AS "is_spontaneous_open!"
             , s.has_members AS "has_members!"
             , s.open_jobs AS "open_jobs!"
             , s.usual_answer_days
        FROM searchable_companies s
        WHERE s.organisation_id = $1
        "#,
        id.0,
    )
    .fetch_optional(db)
    .await?;
    Ok(card)
}

/// A post, as the card of its company lists it and as its own card shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct JobCard {
    /// Its id.
    pub id: JobDescriptionId,
    /// Whose it is.
    pub company_id: OrganisationId,
    /// What it is called.
    pub label: String,
    /// Official name of the job.
    pub appellation: String,
    /// The contract offered.
    pub contract_type: ContractType,
    /// What the contract is, when it is of another type.
    pub other_contract: String,
    /// Hours a week.
    pub weekly_hours: Option<i16>,
    /// How many people are looked for.
    pub open_positions: i16,
    /// The place of work, when it is not that of the company.
    pub place: Option<String>,
    /// What is to be done.
    pub missions: String,
    /// Who is looked for.
    pub profile: String,
    /// Whether a CV is asked for.
    pub cv_required: bool,
    /// Whether it is open.
    pub is_active: bool,
    /// When the employer last said so.
    pub last_employer_update_at: DateTime<Utc>,
    /// Few people applied for it lately (CMP-34).
    pub few_applications: bool,
}

/// The posts of a company, or `only` one of them: those open first, then those updated last (CMP-31).
pub async fn jobs_of(
    db: &Db,
    company: OrganisationId,
    only: Option<JobDescriptionId>,
    now: DateTime<Utc>,
) -> Result<Vec<JobCard>> {
    let rows = sqlx::query_as!(
        JobCard,
        r#"
        SELECT j.id
             , j.company_id
             , j.label
             , a.label AS appellation
             , j.contract_type
             , j.other_contract
             , j.weekly_hours
             , j.open_positions
             , p.name || ' (' || p.department_code || ')' AS place
             , j.missions
             , j.profile
             , j.cv_required
             , j.is_active
             , j.last_employer_update_at
             , recent.few AS "few_applications!"
        FROM job_descriptions j
        JOIN rome_appellations a ON a.code = j.appellation_code
        LEFT JOIN communes p ON p.insee_code = j.commune_code
        CROSS JOIN LATERAL few_applications(j.id, $2) recent
        WHERE j.company_id = $1 AND ($3::uuid IS NULL OR j.id = $3)
        ORDER BY j.is_active DESC, j.last_employer_update_at DESC, j.id DESC
        LIMIT 100
        "#,
        company.0,
        now - RECENT,
        only.map(|id| id.0),
    )
    .fetch_all(db)
    .await?;
    Ok(rows)
}

/// Whose post it is; none when it does not exist.
pub async fn company_of_job(db: &Db, job: JobDescriptionId) -> Result<Option<OrganisationId>> {
    let id = sqlx::query_scalar!("SELECT company_id FROM job_descriptions WHERE id = $1", job.0)
        .fetch_optional(db)
        .await?;
    Ok(id)
}

/// What the home page counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figures {
    /// Employers anyone may find.
    pub employers: i64,
    /// People their open posts look for.
    pub open_positions: i64,
    /// Départements where they are.
    pub departments: i64,
}

/// The figures of the base, as they were last counted (`store::count_figures`); none as long as nobody did.
pub async fn figures(db: &Db) -> Result<Option<Figures>> {
    let figures = sqlx::query_as!(
        Figures,
        r#"
        SELECT employers
             , departments
             , open_positions
        FROM home_figures
        WHERE is_only
        "#,
    )
    .fetch_optional(db)
    .await?;
    Ok(figures)
}
