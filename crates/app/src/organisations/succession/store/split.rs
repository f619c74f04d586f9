//! A split, written: posts, and what was applied for and hired on them.

use iae_domain::Changed;
use iae_domain::ids::UserId;
use iae_domain::organisations::succession::{Moved, Part, SplitOff, Structure};
use uuid::Uuid;

use super::keep;
use super::parties::{move_antennas, move_members};
use crate::Work;
use crate::error::{Error, Result};

/// Writes it. What is counted is what moves: anything else is a defect, and nothing is written.
pub(in super::super) async fn save_split(
    work: &mut Work<'_>,
    changed: Changed<SplitOff>,
    (source, target, parts): (&Structure, &Structure, &[Part]),
    by: UserId,
) -> Result<()> {
    let moved: Vec<Moved> = parts.iter().map(Moved::from).collect();
    keep(work, &changed, (source.siret.as_ref(), target.siret.as_ref()), &moved, by).await?;
    move_members(work, &changed, by).await?;
    let split = changed.value();
    let applications = move_posts(work, split).await?;
    move_parcours(work, split, &applications).await?;
    move_antennas(work, &changed).await?;
    work.keep(changed);
    Ok(())
}

/// Posts, and the applications that follow them: both at once, since a hire is on a post of its company. Of what the company recorded for
/// itself, the one that takes it is the sender too, or both would read it.
async fn move_posts(work: &mut Work<'_>, split: &SplitOff) -> Result<Vec<Uuid>> {
    let posts: Vec<Uuid> = split.part.posts.iter().map(|post| post.0).collect();
    let rows = sqlx::query!(
        r#"SELECT a.id AS "id!" FROM applications_of_posts($1, $2) AS a (id) ORDER BY a.id LIMIT 1000000"#,
        split.succession.source as _,
        &posts,
    )
    .fetch_all(work.db())
    .await?;
    let applications: Vec<Uuid> = rows.into_iter().map(|row| row.id).collect();
    let moved = sqlx::query!(
        r#"
        WITH posts AS (
            UPDATE job_descriptions SET company_id = $2 WHERE company_id = $1 AND id = ANY ($3) RETURNING id
        ), moved AS (
            UPDATE applications
            SET company_id = $2
              , sender_organisation_id = CASE WHEN sender_organisation_id = $1 THEN $2 ELSE sender_organisation_id END
            WHERE company_id = $1 AND id = ANY ($4)
            RETURNING id
        ), noted AS (
            INSERT INTO moved_applications (application_id, succession_id)
            SELECT moved.id
                 , $5
            FROM moved
        )
        SELECT (SELECT count(*) FROM posts) AS "posts!"
             , (SELECT count(*) FROM moved) AS "applications!"
        "#,
        split.succession.source as _,
        split.succession.target as _,
        &posts,
        &applications,
        split.succession.id as _,
    )
    .fetch_one(work.db())
    .await?;
    let expected = (i64::try_from(posts.len()).ok(), i64::try_from(applications.len()).ok());
    if (Some(moved.posts), Some(moved.applications)) != expected {
        return Err(Error::Internal("a split moved something else than what was counted".to_owned(), None));
    }
    // An application is for posts of its company.
    sqlx::query!(
        r#"
        DELETE FROM application_jobs j
        USING applications a, job_descriptions d
        WHERE a.id = j.application_id
          AND d.id = j.job_description_id
          AND d.company_id <> a.company_id
          AND (d.id = ANY ($1) OR a.id = ANY ($2))
        "#,
        &posts,
        &applications,
    )
    .execute(work.db())
    .await?;
    sqlx::query!(
        r#"
        UPDATE followers f
        SET organisation_id = $2
        FROM applications a
        WHERE f.organisation_id = $1
          AND f.subject_kind = 'application'
          AND a.id = f.subject_id
          AND a.id = ANY ($3)
          AND a.sender_organisation_id = $2
        "#,
        split.succession.source as _,
        split.succession.target as _,
        &applications,
    )
    .execute(work.db())
    .await?;
    sqlx::query!(
        r#"
        SELECT 1 AS noted
        FROM note_application_departments(ARRAY(SELECT a.candidate_id FROM applications a WHERE a.id = ANY ($1)))
        "#,
        &applications,
    )
    .fetch_one(work.db())
    .await?;
    Ok(applications)
}

/// What hangs on the hires that left, when none of the person, or under the PASS, stays: no date of a PASS moves.
async fn move_parcours(work: &mut Work<'_>, split: &SplitOff, applications: &[Uuid]) -> Result<()> {
    sqlx::query!(
        r#"
        WITH gone_passes AS MATERIALIZED (
            SELECT DISTINCT a.pass_id AS id
            FROM applications a
            WHERE a.id = ANY ($3)
              AND a.state = 'accepted'
              AND NOT EXISTS (
                  SELECT FROM applications other
                  WHERE other.pass_id = a.pass_id AND other.company_id = $1 AND other.state = 'accepted'
              )
        ), gone_diagnoses AS MATERIALIZED (
            SELECT DISTINCT a.diagnosis_id AS id
            FROM applications a
            WHERE a.id = ANY ($3)
              AND NOT EXISTS (
                  SELECT FROM applications other WHERE other.diagnosis_id = a.diagnosis_id AND other.company_id = $1
              )
        ), gone_people AS MATERIALIZED (
            SELECT DISTINCT a.candidate_id AS id
            FROM applications a
            WHERE a.id = ANY ($3)
              AND a.state = 'accepted'
              AND NOT EXISTS (
                  SELECT FROM applications other
                  WHERE other.candidate_id = a.candidate_id AND other.company_id = $1 AND other.state = 'accepted'
              )
        ), suspended AS (
            UPDATE suspensions SET organisation_id = $2
            WHERE organisation_id = $1 AND pass_id IN (SELECT id FROM gone_passes)
        ), closed AS (
            UPDATE pass_closures SET organisation_id = $2
            WHERE organisation_id = $1 AND pass_id IN (SELECT id FROM gone_passes)
        ), prolonged AS (
            UPDATE prolongations SET company_id = $2
            WHERE company_id = $1 AND pass_id IN (SELECT id FROM gone_passes)
        ), asked AS (
            UPDATE prolongation_requests SET company_id = $2
            WHERE company_id = $1 AND pass_id IN (SELECT id FROM gone_passes)
            RETURNING id
        ), reported AS (
            UPDATE prolongation_reports SET company_id = $2
            WHERE company_id = $1 AND pass_id IN (SELECT id FROM gone_passes)
        ), followed AS (
            UPDATE followers SET organisation_id = $2
            WHERE organisation_id = $1
              AND subject_kind = 'prolongation_request'
              AND subject_id IN (SELECT id FROM asked)
        ), diagnosed AS (
            UPDATE eligibility_diagnoses SET organisation_id = $2
            WHERE organisation_id = $1 AND id IN (SELECT id FROM gone_diagnoses)
        ), proved AS (
            UPDATE eligibility_proofs p SET company_id = $2
            WHERE p.company_id = $1
              AND p.candidate_id IN (SELECT id FROM gone_people)
              AND NOT EXISTS (
                  SELECT FROM eligibility_proofs same
                  WHERE same.company_id = $2
                    AND (same.candidate_id, same.criterion_code, same.dated_on) = (p.candidate_id, p.criterion_code, p.dated_on)
              )
        )
        INSERT INTO candidate_relations
            (candidate_id, organisation_id, user_id, origin, created_at, last_action_at, advisor_is_unlisted)
        SELECT r.candidate_id
             , $2
             , r.user_id
             , r.origin
             , r.created_at
             , r.last_action_at
             , r.advisor_is_unlisted
        FROM candidate_relations r
        JOIN memberships m ON m.organisation_id = $2 AND m.user_id = r.user_id AND m.is_active
        WHERE r.organisation_id = $1
          AND r.candidate_id IN (SELECT a.candidate_id FROM applications a WHERE a.id = ANY ($3))
        ORDER BY r.candidate_id, r.user_id
        ON CONFLICT DO NOTHING
        "#,
        split.succession.source as _,
        split.succession.target as _,
        applications,
    )
    .execute(work.db())
    .await?;
    Ok(())
}
