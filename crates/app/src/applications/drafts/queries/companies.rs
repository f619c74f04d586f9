//! The companies of a draft.

use chrono::{DateTime, Utc};
use iae_domain::directory::RECENT;
use iae_domain::ids::{CandidateId, JobDescriptionId, OrganisationId};
use iae_domain::organisations::CompanyKind;
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

use super::super::{DraftCompany, OpenJob};
use crate::control::WithdrawnRow;
use crate::error::Result;

/// Most posts read of one employer: those that are chosen, then the first by their name.
pub const MOST_POSTS: usize = 100;

/// The companies of a draft, with what decides whether they take applications, their open posts, those with few recent
/// applications marked (SUB-50, SUB-52; those that are `wanted` first, when there are too many), the last application of the person
/// there, by whoever (SUB-6), and the days when they may not prescribe to themselves (SUB-4).
pub(in super::super) async fn companies(
    db: &mut PgConnection,
    now: DateTime<Utc>,
    (ids, wanted): (&[OrganisationId], &[JobDescriptionId]),
    candidate: Option<CandidateId>,
) -> Result<Vec<DraftCompany>> {
    let rows = sqlx::query!(
        r#"
        SELECT c.organisation_id AS "id: OrganisationId"
             , o.kind AS "kind!: CompanyKind"
             , o.shown_name AS name
             , o.city
             , coalesce(a.active_until > $2, false) AS "is_listed!"
             , c.block_applications_at IS NOT NULL AS "blocks!"
             , c.block_applications_at IS NULL AND c.spontaneous_open_since IS NOT NULL AS "spontaneous_open!"
             , EXISTS (
                   SELECT
                   FROM memberships m
                   JOIN users u ON u.id = m.user_id
                   WHERE m.organisation_id = c.organisation_id AND m.is_active AND u.is_active
               ) AS "has_members!"
             , EXISTS (
                   SELECT
                   FROM memberships m
                   JOIN users u ON u.id = m.user_id
                   WHERE m.organisation_id = c.organisation_id AND m.is_active AND u.is_active AND u.email IS NOT NULL
               ) AS "is_told!"
             , (
                   SELECT coalesce(
                       jsonb_agg(
                           jsonb_build_object(
                               'id', j.id, 'name', j.label, 'place', coalesce(m.name, o.city),
                               'contract_type', j.contract_type, 'weekly_hours', j.weekly_hours,
                               'cv_required', j.cv_required, 'few_applications', recent.few
                           )
                           ORDER BY j.label, j.id
                       ),
                       '[]'
                   )
                   FROM (
                       SELECT id
                            , label
                            , commune_code
                            , contract_type
                            , weekly_hours
                            , cv_required
                       FROM job_descriptions
                       WHERE company_id = c.organisation_id AND is_active
                       ORDER BY id = ANY ($5) DESC, label, id
                       LIMIT $6
                   ) j
                   CROSS JOIN LATERAL few_applications(j.id, $3) recent
                   LEFT JOIN communes m ON m.insee_code = j.commune_code
               ) AS "jobs!: Json<Vec<OpenJob>>"
             , (
                   SELECT max(sent.submitted_at)
                   FROM applications sent
                   WHERE sent.candidate_id = $4 AND sent.company_id = c.organisation_id
               ) AS last_submitted_at
             , (SELECT withdrawals_of FROM read_withdrawals_of(c.organisation_id)) AS "withdrawals!: Json<Vec<WithdrawnRow>>"
        FROM companies c
        JOIN organisations o ON o.id = c.organisation_id
        LEFT JOIN company_activity a ON a.organisation_id = c.organisation_id
        WHERE c.organisation_id = ANY ($1)
        ORDER BY c.organisation_id
        LIMIT 5
        "#,
        &ids.iter().map(|id| id.0).collect::<Vec<Uuid>>(),
        now,
        now - RECENT,
        candidate as Option<CandidateId>,
        &wanted.iter().map(|id| id.0).collect::<Vec<Uuid>>(),
        i64::try_from(MOST_POSTS).unwrap_or(i64::MAX),
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| DraftCompany {
            id: row.id,
            kind: row.kind,
            name: row.name,
            city: row.city,
            is_listed: row.is_listed,
            blocks: row.blocks,
            spontaneous_open: row.spontaneous_open,
            has_members: row.has_members,
            is_told: row.is_told,
            jobs: row.jobs.0,
            last_submitted_at: row.last_submitted_at,
            withdrawals: WithdrawnRow::all(&row.withdrawals),
        })
        .collect())
}
