//! What the steps of a draft show and decide on.

mod around;
mod proposed;
mod sent;
mod twins;

use chrono::{DateTime, Utc};
use iae_domain::Actor;
use iae_domain::candidates::{Missing, Nir};
use iae_domain::directory::RECENT;
use iae_domain::ids::{ApplicationDraftId, CandidateId, JobDescriptionId, OrganisationId, UserId};
use iae_domain::organisations::CompanyKind;
use iae_domain::time::paris_midnight;
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

pub(super) use around::centre;
pub(super) use proposed::Proposed;
pub(super) use sent::{ending, first_of, sent};
pub(in crate::applications) use twins::{sent_since, twins};

use super::resumable::{Row, Wanted};
use super::{DraftCandidate, DraftCompany, OpenJob};
use crate::error::Result;
use crate::{Ctx, Db};

/// Most posts read of one employer: those that are chosen, then the first by their name.
pub const MOST_POSTS: usize = 100;

/// The companies of a draft, with what decides whether they take applications, their open posts, those with few recent
/// applications marked (SUB-50, SUB-52; those that are `wanted` first, when there are too many), and the last application of the person there, by whoever (SUB-6).
pub(super) async fn companies(
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
        })
        .collect())
}

/// The employers of these posts, open or closed.
pub(super) async fn employers_of_posts(db: &Db, posts: &[JobDescriptionId]) -> Result<Vec<OrganisationId>> {
    let employers = sqlx::query_scalar!(
        r#"
        SELECT DISTINCT company_id AS "company_id: OrganisationId"
        FROM job_descriptions
        WHERE id = ANY ($1)
        ORDER BY company_id
        LIMIT 100
        "#,
        &posts.iter().map(|id| id.0).collect::<Vec<Uuid>>(),
    )
    .fetch_all(db)
    .await?;
    Ok(employers)
}

/// The person, with the relation that lets this organisation deal with them (D4).
pub(super) async fn candidate(
    db: &mut PgConnection,
    ctx: &Ctx<Actor>,
    id: CandidateId,
) -> Result<Option<DraftCandidate>> {
    let actor = ctx.actor_record();
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
             , has_applied_for(c.id, $3) AS "has_applied!"
             , file_opened_since(c.id, $3, $2, $4) AS "is_noted!"
        FROM candidates c
        JOIN users u ON u.id = c.id
        WHERE c.id = $1
        "#,
        id as _,
        actor.organisation as Option<OrganisationId>,
        actor.user as Option<UserId>,
        paris_midnight(ctx.today()),
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
        has_applied: row.has_applied,
        is_noted: row.is_noted,
    }))
}

/// What an author has begun in this organisation and not sent, the latest first; or one of these drafts; or those for
/// some of these employers and the same person, or nobody yet, but one.
pub(super) async fn resumable(
    db: &Db,
    (user, organisation): (UserId, Option<OrganisationId>),
    wanted: Wanted<'_>,
) -> Result<Vec<Row>> {
    let (id, same) = match wanted {
        Wanted::All => (None, None),
        Wanted::One(id) => (Some(id), None),
        Wanted::Same(same) => (None, Some(same)),
    };
    let rows = sqlx::query_as!(
        Row,
        r#"
        SELECT d.id
             , (
                   SELECT coalesce(array_agg(o.shown_name ORDER BY l.rank), '{}')
                   FROM draft_applications l
                   JOIN organisations o ON o.id = l.company_id
                   WHERE l.draft_id = d.id
               ) AS "companies!"
             , d.candidate_id AS "candidate?: CandidateId"
             , u.first_name AS "first_name?"
             , u.last_name AS "last_name?"
             , candidate.created_by AS "created_by?: UserId"
             , has_applied_for(d.candidate_id, d.user_id) AS "has_applied!"
             , d.updated_at
        FROM application_drafts d
        LEFT JOIN candidates candidate ON candidate.id = d.candidate_id
        LEFT JOIN users u ON u.id = d.candidate_id
        WHERE d.user_id = $1
          AND d.organisation_id IS NOT DISTINCT FROM $2
          AND d.submitted_at IS NULL
          AND ($3::uuid IS NULL OR d.id = $3)
          AND (
                $4::uuid[] IS NULL
             OR d.candidate_id IS NOT DISTINCT FROM $5
            AND d.id IS DISTINCT FROM $6
            AND EXISTS (SELECT FROM draft_applications l WHERE l.draft_id = d.id AND l.company_id = ANY ($4))
          )
        ORDER BY d.updated_at DESC, d.id
        LIMIT 5
        "#,
        user as _,
        organisation as Option<OrganisationId>,
        id as Option<ApplicationDraftId>,
        same.map(|same| same.companies.iter().map(|id| id.0).collect::<Vec<Uuid>>()) as Option<Vec<Uuid>>,
        same.and_then(|same| same.candidate) as Option<CandidateId>,
        same.and_then(|same| same.but) as Option<ApplicationDraftId>,
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
