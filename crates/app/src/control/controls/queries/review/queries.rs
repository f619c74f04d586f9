//! What the pages read of one control, of one hire, of one proof.

use chrono::{DateTime, NaiveDate, Utc};
use iae_domain::candidates::PersonName;
use iae_domain::ids::{
    CandidateId, ControlCriterionId, ControlHireId, ControlId, DocumentId, OrganisationId, UserId,
};
use iae_domain::pass::PassNumber;
use sqlx::PgConnection;
use sqlx::types::Json;

use crate::Db;
use crate::control::controls::queries::made::MadeRow;
use crate::error::Result;

/// What surrounds a control: its campaign, its SIAE, and each of its hires, a row each.
pub(super) struct AboutRow {
    pub hired_from: NaiveDate,
    pub hired_to: NaiveDate,
    pub launched_at: DateTime<Utc>,
    pub adversarial_at: Option<DateTime<Utc>>,
    pub ended_at: Option<DateTime<Utc>>,
    /// First day of the withdrawal in force.
    pub withdrawn_from: Option<NaiveDate>,
    /// Its last day; none when it is permanent.
    pub withdrawn_to: Option<NaiveDate>,
    pub launch_on: NaiveDate,
    pub adversarial_from: NaiveDate,
    pub company: String,
    pub siret: String,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub administrators: Vec<String>,
    pub archived_hires: Option<i16>,
    pub decisions: Json<Vec<MadeRow>>,
    pub hire: Option<ControlHireId>,
    pub person: Option<PersonName>,
    pub pass_number: Option<PassNumber>,
    pub starts_on: Option<NaiveDate>,
    pub is_cancelled: Option<bool>,
}

/// A control that exists has a row at least.
pub(super) async fn about(db: &Db, id: ControlId) -> Result<Vec<AboutRow>> {
    let rows = sqlx::query_as!(
        AboutRow,
        r#"
        SELECT k.hired_from
             , k.hired_to
             , k.launched_at AS "launched_at!"
             , k.adversarial_at
             , k.ended_at
             , lower(w.withdrawn_days) AS withdrawn_from
             , upper(w.withdrawn_days) - 1 AS withdrawn_to
             , d.launch_on
             , d.adversarial_from
             , o.shown_name AS "company!"
             , o.siret AS "siret!"
             , nullif(o.phone, '') AS phone
             , nullif(o.email, '') AS email
             , ARRAY(
                   SELECT u.email
                   FROM memberships m
                   JOIN users u ON u.id = m.user_id
                   WHERE m.organisation_id = coalesce(o.replaced_by, o.id)
                     AND m.is_admin
                     AND m.is_active
                     AND u.is_active
                     AND u.email IS NOT NULL
                   ORDER BY u.email
               ) AS "administrators!: Vec<String>"
             , c.archived_hires
             , (SELECT decisions_of FROM read_decisions_of(c.id)) AS "decisions!: Json<Vec<MadeRow>>"
             , h.id AS "hire?: ControlHireId"
             , full_name(person.first_name, person.last_name) AS "person?: PersonName"
             , h.pass_number AS "pass_number?: PassNumber"
             , h.starts_on AS "starts_on?"
             , a.state = 'cancelled' AS "is_cancelled?"
        FROM controls c
        JOIN control_campaigns k ON k.id = c.campaign_id
        JOIN control_calendars d ON d.id = k.calendar_id
        LEFT JOIN company_withdrawals w ON w.control_id = c.id
        JOIN organisations o ON o.id = c.company_id
        LEFT JOIN control_hires h ON h.control_id = c.id
        LEFT JOIN users person ON person.id = h.candidate_id
        LEFT JOIN applications a ON a.id = h.application_id
        WHERE c.id = $1
        ORDER BY h.rank
        LIMIT 100
        "#,
        id as _,
    );
    Ok(rows.fetch_all(db).await?)
}

/// A criterion that a hire defends, and where its proof is kept once it was submitted; a row without one for a hire that has none.
pub(super) struct CriterionRow {
    pub control: ControlId,
    pub criterion: Option<ControlCriterionId>,
    pub label: Option<String>,
    pub proof: Option<String>,
    pub max_age_months: Option<i16>,
    pub storage_key: Option<String>,
}

/// In the order of the criteria.
pub(super) async fn criteria(db: &Db, hire: ControlHireId) -> Result<Vec<CriterionRow>> {
    let rows = sqlx::query_as!(
        CriterionRow,
        r#"
        SELECT h.control_id AS "control: ControlId"
             , x.id AS "criterion?: ControlCriterionId"
             , e.label AS "label?"
             , e.proof AS "proof?"
             , e.proof_max_age_months AS max_age_months
             , CASE WHEN x.submitted_at IS NOT NULL THEN f.storage_key END AS storage_key
        FROM control_hires h
        LEFT JOIN control_criteria x ON x.hire_id = h.id
        LEFT JOIN eligibility_criteria e ON e.code = x.criterion_code
        LEFT JOIN documents f ON f.control_criterion_id = x.id AND f.kind = 'proof'
        WHERE h.id = $1
        ORDER BY e.level, e.rank
        LIMIT 100
        "#,
        hire as _,
    );
    Ok(rows.fetch_all(db).await?)
}

/// A proof that was given, and who it concerns.
pub(super) struct ProofRow {
    pub document: DocumentId,
    pub candidate: CandidateId,
    pub storage_key: String,
    pub company: OrganisationId,
    pub institution: OrganisationId,
    pub is_submitted: bool,
}

/// The proof a criterion has, if it has one.
pub(super) async fn proof_of(db: &Db, id: ControlCriterionId) -> Result<Option<ProofRow>> {
    let row = sqlx::query_as!(
        ProofRow,
        r#"
        SELECT f.id AS document
             , f.candidate_id AS "candidate!"
             , f.storage_key
             , c.company_id AS "company: OrganisationId"
             , k.institution_id AS "institution: OrganisationId"
             , x.submitted_at IS NOT NULL AS "is_submitted!"
        FROM control_criteria x
        JOIN documents f ON f.control_criterion_id = x.id AND f.kind = 'proof'
        JOIN control_hires h ON h.id = x.hire_id
        JOIN controls c ON c.id = h.control_id
        JOIN control_campaigns k ON k.id = c.campaign_id
        WHERE x.id = $1
        ORDER BY f.id
        LIMIT 1
        "#,
        id as _,
    );
    Ok(row.fetch_optional(db).await?)
}

/// Whether this person, for this organisation, is known to have read a document since a moment.
pub(super) async fn is_read_since(
    db: &mut PgConnection,
    (candidate, document): (CandidateId, DocumentId),
    (reader, organisation): (Option<UserId>, Option<OrganisationId>),
    since: DateTime<Utc>,
) -> Result<bool> {
    let is_read = sqlx::query_scalar!(
        r#"
        SELECT EXISTS (
            SELECT
            FROM audit_events e
            WHERE e.subject_kind = 'candidate'
              AND e.subject_id = $1
              AND e.at >= $5
              AND e.action = 'candidate.document_downloaded'
              AND e.payload->>'document' = $2::uuid::text
              AND e.actor_id = $3
              AND e.organisation_id IS NOT DISTINCT FROM $4
        ) AS "is_read!"
        "#,
        candidate as _,
        document as _,
        reader as Option<UserId>,
        organisation as Option<OrganisationId>,
        since,
    );
    Ok(is_read.fetch_one(db).await?)
}

/// Waits for whoever is noting that they read the same document: its pages are asked for together.
pub(super) async fn lock_reading(db: &mut PgConnection, document: DocumentId) -> Result<()> {
    sqlx::query!("SELECT 1 AS locked FROM documents WHERE id = $1 FOR UPDATE", document as _)
        .fetch_optional(db)
        .await?;
    Ok(())
}
