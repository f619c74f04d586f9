//! What rests on the PASS of a hire.

use chrono::NaiveDate;
use iae_domain::ids::{ApplicationId, OrganisationId, PassId, ProlongationRequestId, UserId};

use crate::error::Result;

/// What rests on a PASS.
pub(super) struct Resting {
    /// The hires.
    pub hires: i64,
    /// The first day of the earliest contract, but for that of one hire.
    pub others_start_on: Option<NaiveDate>,
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
        LEFT JOIN prolongation_requests r ON r.pass_id = $1 AND r.state = 'pending'
        "#,
        pass as _,
        but as _,
    );
    Ok(resting.fetch_one(db).await?)
}
