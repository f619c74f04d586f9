//! What a structure is made of, and what of it leaves.

use iae_domain::ids::{JobDescriptionId, OrganisationId};
use iae_domain::organisations::succession::{Part, Piece, SplitPart};
use uuid::Uuid;

use crate::error::Result;

/// How many of each piece a structure has, and how many leave with a part of it: what `store::split` moves, counted. A proof stays when
/// the target keeps the same.
#[expect(clippy::too_many_lines, reason = "one statement, one column a line")]
pub(in super::super) async fn parts(
    db: impl sqlx::PgExecutor<'_>,
    structure: OrganisationId,
    part: &SplitPart,
    target: Option<OrganisationId>,
) -> Result<Vec<Part>> {
    let posts: Vec<Uuid> = part.posts.iter().map(|post| post.0).collect();
    let row = sqlx::query!(
        r#"
        WITH leaving AS MATERIALIZED (
            SELECT applications_of_posts($1, $2::uuid[]) AS id
        ), own AS MATERIALIZED (
            SELECT a.candidate_id
                 , a.pass_id
                 , a.diagnosis_id
                 , a.state = 'accepted' AS is_hire
                 , l.id IS NOT NULL AS leaves
            FROM applications a
            LEFT JOIN leaving l ON l.id = a.id
            WHERE a.company_id = $1
        ), gone_passes AS MATERIALIZED (
            SELECT pass_id AS id
            FROM own
            WHERE is_hire AND pass_id IS NOT NULL
            GROUP BY pass_id
            HAVING bool_and(leaves)
        ), gone_diagnoses AS MATERIALIZED (
            SELECT diagnosis_id AS id
            FROM own
            WHERE diagnosis_id IS NOT NULL
            GROUP BY diagnosis_id
            HAVING bool_and(leaves)
        ), gone_people AS MATERIALIZED (
            SELECT candidate_id AS id
            FROM own
            WHERE is_hire
            GROUP BY candidate_id
            HAVING bool_and(leaves)
        )
        SELECT (SELECT count(*) FROM memberships m WHERE m.organisation_id = $1 AND m.is_active) AS "members!"
             , (SELECT count(*) FROM job_descriptions j WHERE j.company_id = $1) AS "posts!"
             , (
                   SELECT count(*)
                   FROM companies c
                   JOIN companies other ON other.convention_id = c.convention_id AND other.organisation_id <> c.organisation_id
                   JOIN organisations antenna ON antenna.id = other.organisation_id AND antenna.closed_at IS NULL
                   WHERE c.organisation_id = $1 AND c.source = 'ASP'
               ) AS "antennas!"
             , (SELECT count(*) FROM own) AS "applications!"
             , (SELECT count(*) FROM own WHERE leaves) AS "applications_leaving!"
             , (SELECT count(*) FROM own WHERE is_hire AND pass_id IS NOT NULL) AS "hires!"
             , (SELECT count(*) FROM own WHERE is_hire AND pass_id IS NOT NULL AND leaves) AS "hires_leaving!"
             , (SELECT count(*) FROM eligibility_diagnoses d WHERE d.organisation_id = $1) AS "diagnoses!"
             , (
                   SELECT count(*)
                   FROM eligibility_diagnoses d
                   JOIN gone_diagnoses g ON g.id = d.id
                   WHERE d.organisation_id = $1
               ) AS "diagnoses_leaving!"
             , (SELECT count(*) FROM suspensions s WHERE s.organisation_id = $1) AS "suspensions!"
             , (
                   SELECT count(*) FROM suspensions s JOIN gone_passes g ON g.id = s.pass_id WHERE s.organisation_id = $1
               ) AS "suspensions_leaving!"
             , (SELECT count(*) FROM prolongations p WHERE p.company_id = $1) AS "prolongations!"
             , (
                   SELECT count(*) FROM prolongations p JOIN gone_passes g ON g.id = p.pass_id WHERE p.company_id = $1
               ) AS "prolongations_leaving!"
             , (SELECT count(*) FROM prolongation_requests r WHERE r.company_id = $1) AS "requests!"
             , (
                   SELECT count(*) FROM prolongation_requests r JOIN gone_passes g ON g.id = r.pass_id WHERE r.company_id = $1
               ) AS "requests_leaving!"
             , (SELECT count(*) FROM eligibility_proofs p WHERE p.company_id = $1) AS "proofs!"
             , (
                   SELECT count(*)
                   FROM eligibility_proofs p
                   JOIN gone_people g ON g.id = p.candidate_id
                   WHERE p.company_id = $1
                     AND NOT EXISTS (
                         SELECT
                         FROM eligibility_proofs same
                         WHERE same.company_id = $3
                           AND (same.candidate_id, same.criterion_code, same.dated_on)
                               = (p.candidate_id, p.criterion_code, p.dated_on)
                     )
               ) AS "proofs_leaving!"
        "#,
        structure as _,
        &posts,
        target as Option<OrganisationId>,
    )
    .fetch_one(db)
    .await?;
    let chosen = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let counts = [
        (Piece::Members, row.members, chosen(part.members.len())),
        (Piece::Posts, row.posts, chosen(part.posts.len())),
        (Piece::Antennas, row.antennas, chosen(part.antennas.len())),
        (Piece::Applications, row.applications, row.applications_leaving),
        (Piece::Hires, row.hires, row.hires_leaving),
        (Piece::Diagnoses, row.diagnoses, row.diagnoses_leaving),
        (Piece::Suspensions, row.suspensions, row.suspensions_leaving),
        (Piece::Prolongations, row.prolongations, row.prolongations_leaving),
        (Piece::Requests, row.requests, row.requests_leaving),
        (Piece::Proofs, row.proofs, row.proofs_leaving),
    ];
    Ok(counts.into_iter().map(|(piece, whole, leaving)| Part { piece, whole, leaving }).collect())
}

/// Applications for several posts of which some leave and others stay: they stay.
pub(in super::super) async fn mixed(
    db: impl sqlx::PgExecutor<'_>,
    structure: OrganisationId,
    posts: &[JobDescriptionId],
) -> Result<i64> {
    let posts: Vec<Uuid> = posts.iter().map(|post| post.0).collect();
    let mixed = sqlx::query_scalar!(
        r#"
        SELECT count(DISTINCT a.id) AS "mixed!"
        FROM applications a
        JOIN application_jobs j ON j.application_id = a.id AND j.job_description_id = ANY ($2::uuid[])
        WHERE a.company_id = $1 AND a.id NOT IN (SELECT applications_of_posts($1, $2::uuid[]))
        "#,
        structure as _,
        &posts,
    )
    .fetch_one(db)
    .await?;
    Ok(mixed)
}
