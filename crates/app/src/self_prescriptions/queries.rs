//! Hires that rest on a diagnosis made by the SIAE itself, in one département. Read only.

use chrono::{DateTime, NaiveDate, Utc};
use iae_domain::actor::InspectorActor;
use iae_domain::eligibility::{Criterion, policy};
use iae_domain::ids::{ApplicationId, OrganisationId};
use iae_domain::organisations::CompanyKind;
use iae_domain::pass::PassNumber;
use sqlx::QueryBuilder;

use crate::error::{Error, Result};
use crate::pagination::{Cursor, Page, ROWS_TO_FETCH};
use crate::{Ctx, Db};

/// What the list is narrowed to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filters {
    /// One kind of SIAE.
    pub kind: Option<CompanyKind>,
    /// One SIAE.
    pub company: Option<OrganisationId>,
    /// Hires starting from this day.
    pub from: Option<NaiveDate>,
    /// Hires starting up to this day.
    pub to: Option<NaiveDate>,
}

/// An auto-prescription, as listed.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct SelfPrescriptionRow {
    /// The application accepted with it.
    pub id: ApplicationId,
    /// When it was accepted.
    pub accepted_at: DateTime<Utc>,
    /// First day of the contract.
    pub starts_on: NaiveDate,
    /// The SIAE.
    pub company: OrganisationId,
    /// Its name.
    pub company_name: String,
    /// Its kind.
    pub company_kind: CompanyKind,
    /// The person's first name, masked before it is shown (USR-10).
    pub candidate_first_name: String,
    /// The person's last name, masked before it is shown.
    pub candidate_last_name: String,
    /// Criteria declared, in display order.
    pub criteria: Vec<Criterion>,
    /// The PASS of the hire; none while the team has to deliver it.
    pub pass_number: Option<PassNumber>,
}

/// A page of the auto-prescriptions of the agent's département, the last accepted first.
pub async fn list(
    db: &Db,
    ctx: &Ctx<InspectorActor>,
    filters: &Filters,
    after: Option<Cursor>,
) -> Result<Page<SelfPrescriptionRow>> {
    let department = policy::read_self_prescriptions(&ctx.actor)?;
    // Written as the filters are, none of them optional: Postgres plans once for all the values it is given.
    let mut query = QueryBuilder::new(
        r"
        SELECT a.id
             , a.processed_at AS accepted_at
             , a.hiring_starts_on AS starts_on
             , a.company_id AS company
             , o.shown_name AS company_name
             , o.kind AS company_kind
             , u.first_name AS candidate_first_name
             , u.last_name AS candidate_last_name
             , ARRAY(
                   SELECT dc.criterion_code
                   FROM diagnosis_criteria dc
                   JOIN eligibility_criteria e ON e.code = dc.criterion_code
                   WHERE dc.diagnosis_id = d.id
                   ORDER BY e.level, e.rank
               ) AS criteria
             , p.number AS pass_number
        FROM applications a
        JOIN eligibility_diagnoses d ON d.id = a.diagnosis_id AND d.author_kind = 'employer'
        JOIN organisations o ON o.id = a.company_id
        JOIN companies c ON c.organisation_id = a.company_id
        JOIN users u ON u.id = a.candidate_id
        LEFT JOIN passes p ON p.id = a.pass_id
        WHERE a.state = 'accepted' AND o.department_code = ",
    );
    query.push_bind(department);
    if let Some(kind) = filters.kind {
        query.push(" AND o.kind = ").push_bind(kind.code());
    }
    if let Some(company) = filters.company {
        query.push(" AND a.company_id = ").push_bind(company);
    }
    if let Some(from) = filters.from {
        query.push(" AND a.hiring_starts_on >= ").push_bind(from);
    }
    if let Some(to) = filters.to {
        query.push(" AND a.hiring_starts_on <= ").push_bind(to);
    }
    if let Some(after) = after {
        query.push(" AND (a.processed_at, a.id) < (").push_bind(after.at);
        query.push(", ").push_bind(after.id).push(")");
    }
    query.push(" ORDER BY a.processed_at DESC, a.id DESC LIMIT ").push_bind(ROWS_TO_FETCH);
    let rows: Vec<SelfPrescriptionRow> = query.build_query_as().fetch_all(db).await?;
    Ok(Page::cut(rows, |row: &SelfPrescriptionRow| Cursor { at: row.accepted_at, id: row.id.0 }))
}

/// How many auto-prescriptions were accepted since `since` in the agent's département, and in how many SIAE.
pub async fn count_since(db: &Db, ctx: &Ctx<InspectorActor>, since: DateTime<Utc>) -> Result<(i64, i64)> {
    let department = policy::read_self_prescriptions(&ctx.actor)?;
    let row = sqlx::query!(
        r#"
        SELECT count(*) AS "hires!", count(DISTINCT a.company_id) AS "companies!"
        FROM applications a
        JOIN eligibility_diagnoses d ON d.id = a.diagnosis_id AND d.author_kind = 'employer'
        JOIN organisations o ON o.id = a.company_id
        WHERE a.state = 'accepted' AND o.department_code = $1 AND a.processed_at >= $2
        "#,
        department,
        since,
    )
    .fetch_one(db)
    .await?;
    Ok((row.hires, row.companies))
}

/// A criterion declared, with what proves it.
#[derive(Debug, Clone)]
pub struct DeclaredCriterion {
    /// 1 or 2.
    pub level: i16,
    /// Its official label.
    pub label: String,
    /// What proves it.
    pub proof: String,
    /// Oldest proof accepted, in months before the delivery of the PASS.
    pub proof_max_age_months: Option<i16>,
}

/// One auto-prescription.
#[derive(Debug, Clone)]
pub struct SelfPrescriptionDetail {
    /// The application.
    pub id: ApplicationId,
    /// When it was accepted.
    pub accepted_at: DateTime<Utc>,
    /// First day of the contract.
    pub starts_on: NaiveDate,
    /// Last day, indicative.
    pub ends_on: Option<NaiveDate>,
    /// Name of the SIAE.
    pub company_name: String,
    /// Its kind.
    pub company_kind: CompanyKind,
    /// Its SIRET.
    pub company_siret: String,
    /// Its town.
    pub company_city: String,
    /// The person's first name, masked before it is shown.
    pub candidate_first_name: String,
    /// The person's last name, masked before it is shown.
    pub candidate_last_name: String,
    /// When the diagnosis was made.
    pub diagnosed_at: DateTime<Utc>,
    /// First day it no longer holds.
    pub expires_on: NaiveDate,
    /// Who made it.
    pub author_name: String,
    /// The PASS of the hire.
    pub pass_number: Option<PassNumber>,
    /// Its first day.
    pub pass_starts_on: Option<NaiveDate>,
    /// Its last day.
    pub pass_ends_on: Option<NaiveDate>,
}

/// One auto-prescription of the agent's département; that of another does not exist (TEN-1).
pub async fn detail(
    db: &Db,
    ctx: &Ctx<InspectorActor>,
    id: ApplicationId,
) -> Result<(SelfPrescriptionDetail, Vec<DeclaredCriterion>)> {
    let department = policy::read_self_prescriptions(&ctx.actor)?;
    let detail = sqlx::query_as!(
        SelfPrescriptionDetail,
        r#"
        SELECT a.id
             , a.processed_at AS "accepted_at!"
             , a.hiring_starts_on AS "starts_on!"
             , a.hiring_ends_on AS ends_on
             , o.shown_name AS company_name
             , o.kind AS "company_kind: CompanyKind"
             , o.siret AS "company_siret!"
             , o.city AS company_city
             , u.first_name AS candidate_first_name
             , u.last_name AS candidate_last_name
             , d.created_at AS diagnosed_at
             , d.expires_on
             , full_name(author.first_name, author.last_name) AS "author_name!"
             , p.number AS "pass_number?"
             , p.starts_on AS "pass_starts_on?"
             , p.ends_on AS "pass_ends_on?"
        FROM applications a
        JOIN eligibility_diagnoses d ON d.id = a.diagnosis_id AND d.author_kind = 'employer'
        JOIN users author ON author.id = d.author_id
        JOIN organisations o ON o.id = a.company_id
        JOIN users u ON u.id = a.candidate_id
        LEFT JOIN passes p ON p.id = a.pass_id
        WHERE a.id = $1 AND a.state = 'accepted' AND o.department_code = $2
        "#,
        id as _,
        department,
    )
    .fetch_optional(db)
    .await?
    .ok_or(Error::NotFound)?;
    let criteria = sqlx::query_as!(
        DeclaredCriterion,
        r#"
        SELECT e.level, e.label, e.proof, e.proof_max_age_months
        FROM applications a
        JOIN diagnosis_criteria dc ON dc.diagnosis_id = a.diagnosis_id
        JOIN eligibility_criteria e ON e.code = dc.criterion_code
        WHERE a.id = $1
        ORDER BY e.level, e.rank
        "#,
        id as _,
    )
    .fetch_all(db)
    .await?;
    Ok((detail, criteria))
}
