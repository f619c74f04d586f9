//! What the steps of a draft show and decide on.

mod around;
mod companies;
mod proposed;
mod sent;
mod twins;

use iae_domain::Actor;
use iae_domain::candidates::{Missing, Nir};
use iae_domain::ids::{ApplicationDraftId, CandidateId, JobDescriptionId, OrganisationId, UserId};
use iae_domain::time::paris_midnight;
use sqlx::PgConnection;
use uuid::Uuid;

pub(super) use around::centre;
pub use companies::MOST_POSTS;
pub(super) use companies::companies;
pub(super) use proposed::Proposed;
pub(super) use sent::{ending, first_of, sent};
pub(in crate::applications) use twins::{sent_since, twins};

use super::DraftCandidate;
use super::resumable::{Row, Wanted};
use crate::error::Result;
use crate::{Ctx, Db};

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
             , (SELECT is_related FROM read_is_related(c.id, $2)) AS "related!"
             , (SELECT has_applied_for FROM read_has_applied_for(c.id, $3)) AS "has_applied!"
             , (SELECT file_opened_since FROM read_file_opened_since(c.id, $5, $2, $4)) AS "is_noted!"
        FROM candidates c
        JOIN users u ON u.id = c.id
        WHERE c.id = $1
        "#,
        id as _,
        actor.organisation as Option<OrganisationId>,
        actor.user as Option<UserId>,
        paris_midnight(ctx.today()),
        ctx.reader() as Option<UserId>,
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
             , (SELECT has_applied_for FROM read_has_applied_for(d.candidate_id, d.user_id)) AS "has_applied!"
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
