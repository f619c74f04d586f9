//! What rests on the PASS of a hire.

use chrono::NaiveDate;
use iae_domain::ids::{ApplicationId, DiagnosisId, OrganisationId, PassId, ProlongationRequestId, UserId};

use crate::error::Result;

/// What rests on a PASS.
pub(super) struct Resting {
    /// The hires.
    pub hires: i64,
    /// The first day of the earliest contract, but for that of one hire.
    pub others_start_on: Option<NaiveDate>,
    /// The earliest of the other hires that names no diagnosis, when that one's company made that of the PASS.
    pub heir: Option<ApplicationId>,
    /// That diagnosis.
    pub heir_diagnosis: Option<DiagnosisId>,
    /// The request to prolong it that waits for an answer: one at most.
    pub request: Option<ProlongationRequestId>,
    /// The organisation it is addressed to.
    pub organisation: Option<OrganisationId>,
    /// The prescriber.
    pub assignee: Option<UserId>,
    /// The last day of the suspension that one hire had ended.
    pub ended_suspension: Option<NaiveDate>,
}

/// What rests on a PASS, `but` for the contract of this hire.
pub(super) async fn resting_on(
    db: impl sqlx::PgExecutor<'_>,
    pass: PassId,
    but: ApplicationId,
) -> Result<Resting> {
    let resting = sqlx::query_as!(
        Resting,
        r#"
        SELECT hires.count AS "hires!"
             , hires.others_start_on
             , heir.id AS "heir?"
             , heir.diagnosis_id AS "heir_diagnosis?"
             , r.id AS "request?: ProlongationRequestId"
             , r.prescriber_organisation_id AS "organisation?: OrganisationId"
             , r.assignee_id AS "assignee?: UserId"
             , (
                   SELECT (e.payload ->> 'until')::date
                   FROM audit_events e
                   WHERE e.subject_kind = 'pass'
                     AND e.subject_id = $1
                     AND e.action = 'pass.suspension_lifted'
                     AND e.payload ->> 'hired_by' = $2::text
                   ORDER BY e.at DESC
                   LIMIT 1
               ) AS ended_suspension
        FROM (
            SELECT count(*) AS count
                 , min(a.hiring_starts_on) FILTER (WHERE a.id <> $2::uuid) AS others_start_on
            FROM applications a
            WHERE a.pass_id = $1 AND a.state = 'accepted'
        ) hires
        LEFT JOIN LATERAL (
            SELECT other.id, p.diagnosis_id
            FROM passes p
            JOIN eligibility_diagnoses d ON d.id = p.diagnosis_id AND d.author_kind = 'employer'
            JOIN applications cancelled ON cancelled.id = $2::uuid AND cancelled.diagnosis_id = d.id
            JOIN applications other ON other.pass_id = p.id AND other.state = 'accepted' AND other.id <> cancelled.id
            WHERE p.id = $1 AND other.diagnosis_id IS NULL
            ORDER BY other.hiring_starts_on, other.id
            LIMIT 1
        ) heir ON true
        LEFT JOIN prolongation_requests r ON r.pass_id = $1 AND r.state = 'pending'
        "#,
        pass as _,
        but as _,
    );
    Ok(resting.fetch_one(db).await?)
}
