//! Hires that rest on a diagnosis made by the SIAE itself, in one département. Read only.

use chrono::{DateTime, NaiveDate, Utc};
use iae_domain::actor::InspectorActor;
use iae_domain::candidates::PersonName;
use iae_domain::eligibility::policy;
use iae_domain::ids::ApplicationId;
use iae_domain::organisations::CompanyKind;
use iae_domain::pass::PassNumber;

use crate::error::{Error, Result};
use crate::{Ctx, Db};

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
    /// The person; an agent of the State reads no name (USR-10).
    pub candidate: PersonName,
    /// When the diagnosis was made.
    pub diagnosed_at: DateTime<Utc>,
    /// First day it no longer holds.
    pub expires_on: NaiveDate,
    /// Whether the PASS of the hire was issued from it.
    pub pass_is_from_it: bool,
    /// What is to be looked at, by the codes of [`iae_domain::eligibility::Anomaly`].
    pub anomalies: Vec<String>,
    /// Who made it.
    pub author_name: String,
    /// The PASS of the hire.
    pub pass_number: Option<PassNumber>,
    /// Its first day.
    pub pass_starts_on: Option<NaiveDate>,
    /// Its last day.
    pub pass_ends_on: Option<NaiveDate>,
    /// Whether the team refused to deliver it (rule book 03 §4.10).
    pub is_pass_refused: bool,
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
        SELECT a.id AS "id!"
             , a.accepted_at AS "accepted_at!"
             , a.starts_on AS "starts_on!"
             , a.ends_on
             , a.company_name AS "company_name!"
             , a.company_kind AS "company_kind!: CompanyKind"
             , a.company_siret AS "company_siret!"
             , a.company_city AS "company_city!"
             , full_name(u.first_name, u.last_name) AS "candidate!"
             , a.diagnosed_at AS "diagnosed_at!"
             , a.expires_on AS "expires_on!"
             , coalesce(p.diagnosis_id = a.diagnosis_id, false) AS "pass_is_from_it!"
             , a.anomalies AS "anomalies!: Vec<String>"
             , full_name(author.first_name, author.last_name) AS "author_name!"
             , p.number AS "pass_number?"
             , p.starts_on AS "pass_starts_on?"
             , p.ends_on AS "pass_ends_on?"
             , EXISTS (
                   SELECT FROM applications hire WHERE hire.id = a.id AND hire.pass_refused_at IS NOT NULL
               ) AS "is_pass_refused!"
        FROM self_prescriptions a
        JOIN users author ON author.id = a.author_id
        JOIN users u ON u.id = a.candidate_id
        LEFT JOIN passes p ON p.id = a.pass_id
        WHERE a.id = $1 AND a.department_code = $2
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
