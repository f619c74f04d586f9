//! What the steps of a draft show and decide on.

use chrono::{DateTime, Utc};
use iae_domain::candidates::{Missing, Nir};
use iae_domain::directory::RECENT;
use iae_domain::ids::{ApplicationDraftId, ApplicationId, CandidateId, OrganisationId, UserId};
use iae_domain::organisations::CompanyKind;
use sqlx::PgConnection;
use sqlx::types::Json;

use super::resumable::Row;
use super::{DraftCandidate, DraftCompany, OpenJob, SentApplication};
use crate::Db;
use crate::error::Result;

/// The company, when it is still in the directory (SUB-2), with what decides whether it takes applications, and its
/// open posts, those with few recent applications marked (SUB-50, SUB-52).
pub(super) async fn company(
    db: &mut PgConnection,
    now: DateTime<Utc>,
    id: OrganisationId,
) -> Result<Option<DraftCompany>> {
    let row = sqlx::query!(
        r#"
        WITH members AS (
            SELECT u.email
            FROM memberships m
            JOIN users u ON u.id = m.user_id
            WHERE m.organisation_id = $1 AND m.is_active AND u.is_active
        ), open_jobs AS (
            SELECT j.id
                 , j.label AS name
                 , coalesce(m.name, o.city) AS place
                 , j.contract_type
                 , j.weekly_hours
                 , j.cv_required
                 , recent.few AS few_applications
            FROM job_descriptions j
            CROSS JOIN LATERAL few_applications(j.id, $3) recent
            JOIN organisations o ON o.id = j.company_id
            LEFT JOIN communes m ON m.insee_code = j.commune_code
            WHERE j.company_id = $1 AND j.is_active
        )
        SELECT o.kind AS "kind: CompanyKind"
             , o.shown_name AS name
             , o.city
             , c.block_applications_at IS NOT NULL AS "blocks!"
             , c.block_applications_at IS NULL AND c.spontaneous_open_since IS NOT NULL AS "spontaneous_open!"
             , EXISTS (SELECT FROM members) AS "has_members!"
             , EXISTS (SELECT FROM members WHERE email IS NOT NULL) AS "is_told!"
             , (
                   SELECT coalesce(jsonb_agg(j ORDER BY j.name, j.id), '[]') FROM open_jobs j
               ) AS "jobs!: Json<Vec<OpenJob>>"
        FROM companies c
        JOIN organisations o ON o.id = c.organisation_id
        JOIN company_activity a ON a.organisation_id = c.organisation_id
        WHERE c.organisation_id = $1 AND a.active_until > $2
        "#,
        id as _,
        now,
        now - RECENT,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| DraftCompany {
        id,
        kind: row.kind,
        name: row.name,
        city: row.city,
        blocks: row.blocks,
        spontaneous_open: row.spontaneous_open,
        has_members: row.has_members,
        is_told: row.is_told,
        jobs: row.jobs.0,
    }))
}

/// The person, with the relation that lets this organisation deal with them (D4) and their last application to the
/// company, by whoever (SUB-6).
pub(super) async fn candidate(
    db: &mut PgConnection,
    organisation: Option<OrganisationId>,
    company: OrganisationId,
    id: CandidateId,
) -> Result<Option<DraftCandidate>> {
    let row = sqlx::query!(
        r#"
        SELECT u.first_name
             , u.last_name
             , CASE WHEN u.is_active THEN u.email END AS email
             , u.phone
             , c.birth_date
             , c.nir
             , c.france_travail_id IS NULL AND c.france_travail_id_missing_reason IS NULL
                   AS "lacks_france_travail!"
             , c.city
             , c.created_by AS "created_by: UserId"
             , is_related(c.id, $2) AS "related!"
             , (
                   SELECT max(a.submitted_at)
                   FROM applications a
                   WHERE a.candidate_id = c.id AND a.company_id = $3
               ) AS last_submitted_at
        FROM candidates c
        JOIN users u ON u.id = c.id
        WHERE c.id = $1
        "#,
        id as _,
        organisation as Option<OrganisationId>,
        company as _,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| DraftCandidate {
        id,
        first_name: row.first_name,
        last_name: row.last_name,
        missing: Missing {
            phone: row.phone.is_none(),
            birth_date: row.birth_date.is_none(),
            france_travail: row.lacks_france_travail,
            ..Missing::default()
        },
        email: row.email,
        phone: row.phone,
        birth_date: row.birth_date,
        nir: row.nir.as_deref().and_then(|nir| Nir::parse(nir).ok()),
        city: row.city,
        created_by: row.created_by,
        related: row.related,
        last_submitted_at: row.last_submitted_at,
    }))
}

/// What an author has begun in this organisation and not sent, the latest first; or one of these drafts.
pub(super) async fn resumable(
    db: &Db,
    user: UserId,
    organisation: Option<OrganisationId>,
    id: Option<ApplicationDraftId>,
) -> Result<Vec<Row>> {
    let rows = sqlx::query_as!(
        Row,
        r#"
        SELECT d.id
             , o.shown_name AS company_name
             , u.first_name AS "first_name?"
             , u.last_name AS "last_name?"
             , candidate.created_by AS "created_by?: UserId"
             , d.updated_at
        FROM application_drafts d
        JOIN organisations o ON o.id = d.company_id
        LEFT JOIN candidates candidate ON candidate.id = d.candidate_id
        LEFT JOIN users u ON u.id = d.candidate_id
        WHERE d.user_id = $1
          AND d.organisation_id IS NOT DISTINCT FROM $2
          AND d.submitted_at IS NULL
          AND ($3::uuid IS NULL OR d.id = $3)
        ORDER BY d.updated_at DESC, d.id
        LIMIT 5
        "#,
        user as _,
        organisation as Option<OrganisationId>,
        id as Option<ApplicationDraftId>,
    )
    .fetch_all(db)
    .await?;
    Ok(rows)
}

/// A member of the sender's organisation.
#[derive(Debug, Clone)]
pub struct Colleague {
    /// Their account.
    pub user: UserId,
    /// « NOM Prénom ».
    pub name: String,
}

/// The active members of an organisation, by name (SUB-62).
pub(super) async fn colleagues(db: &Db, organisation: OrganisationId) -> Result<Vec<Colleague>> {
    let colleagues = sqlx::query_as!(
        Colleague,
        r#"
        SELECT u.id AS user
             , upper(u.last_name) || ' ' || u.first_name AS "name!"
        FROM memberships m
        JOIN users u ON u.id = m.user_id
        WHERE m.organisation_id = $1 AND m.is_active AND u.is_active
        ORDER BY u.last_name, u.first_name, u.id
        LIMIT 500
        "#,
        organisation as _,
    )
    .fetch_all(db)
    .await?;
    Ok(colleagues)
}

/// Whether the authorisation of a prescriber organisation waits for an answer.
pub(super) async fn awaits_authorisation(db: &Db, organisation: OrganisationId) -> Result<bool> {
    let awaits = sqlx::query_scalar!(
        r#"
        SELECT EXISTS (
            SELECT FROM prescriber_organisations WHERE organisation_id = $1 AND authorisation_status = 'NOT_SET'
        ) AS "awaits!"
        "#,
        organisation as _,
    )
    .fetch_one(db)
    .await?;
    Ok(awaits)
}

/// Who sent an application, to whom and for whom: what the end page needs, for its sender alone (SUB-70).
pub(super) async fn sent(db: &Db, sender: UserId, id: ApplicationId) -> Result<Option<SentApplication>> {
    let sent = sqlx::query_as!(
        SentApplication,
        r#"
        SELECT a.id
             , a.candidate_id
             , a.company_id
             , o.shown_name AS company_name
             , u.first_name
             , u.last_name
             , u.phone
             , CASE WHEN u.is_active THEN u.email END AS email
             , f.created_by AS "created_by: UserId"
             , sender.email IS NOT NULL AS "sender_is_told!"
             , d.data ->> 'search' AS search
             , a.submitted_at
        FROM applications a
        JOIN users sender ON sender.id = a.sender_id
        LEFT JOIN application_drafts d ON d.id = a.id
        JOIN organisations o ON o.id = a.company_id
        JOIN users u ON u.id = a.candidate_id
        JOIN candidates f ON f.id = a.candidate_id
        WHERE a.id = $1 AND a.sender_id = $2
        "#,
        id as _,
        sender as _,
    )
    .fetch_optional(db)
    .await?;
    Ok(sent)
}
