//! Applications, hires and posts.

use iae_domain::Changed;
use iae_domain::ids::OrganisationId;
use iae_domain::organisations::transfer::Plan;

use crate::Work;
use crate::error::Result;

/// Hires and the posts they name are compared once both moved.
pub(in super::super) async fn compare_later(work: &mut Work<'_>) -> Result<()> {
    sqlx::query!("SET CONSTRAINTS applications_hired_job_fkey DEFERRED").execute(work.db()).await?;
    Ok(())
}

/// They did.
pub(in super::super) async fn compare_now(work: &mut Work<'_>) -> Result<()> {
    sqlx::query!("SET CONSTRAINTS applications_hired_job_fkey IMMEDIATE").execute(work.db()).await?;
    Ok(())
}

/// Applications that move without the posts they were for, or stay without them, are for no post any more (rule book 01 §13).
pub(in super::super) async fn unlink_posts(
    work: &mut Work<'_>,
    act: &Changed<impl AsRef<Plan>>,
) -> Result<()> {
    let company = act.value().as_ref().source;
    sqlx::query!(
        r#"
        DELETE FROM application_jobs aj
        USING applications a, job_descriptions j
        WHERE a.id = aj.application_id
          AND j.id = aj.job_description_id
          AND a.company_id = $1
          AND j.company_id = $1
        "#,
        company as _,
    )
    .execute(work.db())
    .await?;
    sqlx::query!(
        "UPDATE applications SET hired_job_id = NULL WHERE company_id = $1 AND hired_job_id IS NOT NULL",
        company as _,
    )
    .execute(work.db())
    .await?;
    Ok(())
}

/// What the company received, with what it recorded for itself: of that, it is the sender too.
pub(in super::super) async fn move_received(
    work: &mut Work<'_>,
    act: &Changed<impl AsRef<Plan>>,
) -> Result<()> {
    let Plan { source, target, .. } = *act.value().as_ref();
    sqlx::query!(
        r#"
        UPDATE applications
        SET company_id = $2
          , sender_organisation_id = CASE WHEN sender_organisation_id = $1 THEN $2 ELSE sender_organisation_id END
        WHERE company_id = $1
        "#,
        source as _,
        target as _,
    )
    .execute(work.db())
    .await?;
    move_followers(work, source, target).await
}

/// What its members sent elsewhere, and write.
pub(in super::super) async fn move_sent(work: &mut Work<'_>, act: &Changed<impl AsRef<Plan>>) -> Result<()> {
    let Plan { source, target, .. } = *act.value().as_ref();
    sqlx::query!(
        "UPDATE applications SET sender_organisation_id = $2 WHERE sender_organisation_id = $1 AND company_id <> $1",
        source as _,
        target as _,
    )
    .execute(work.db())
    .await?;
    sqlx::query!(
        "UPDATE application_drafts SET organisation_id = $2 WHERE organisation_id = $1",
        source as _,
        target as _,
    )
    .execute(work.db())
    .await?;
    move_followers(work, source, target).await
}

/// Who follows an application for its sender follows it where it is.
async fn move_followers(work: &mut Work<'_>, source: OrganisationId, target: OrganisationId) -> Result<()> {
    sqlx::query!(
        r#"
        UPDATE followers f
        SET organisation_id = $2
        FROM applications a
        WHERE f.organisation_id = $1
          AND f.subject_kind = 'application'
          AND a.id = f.subject_id
          AND a.sender_organisation_id = $2
        "#,
        source as _,
        target as _,
    )
    .execute(work.db())
    .await?;
    Ok(())
}

/// Its posts, open and closed.
pub(in super::super) async fn move_posts(work: &mut Work<'_>, act: &Changed<impl AsRef<Plan>>) -> Result<()> {
    let Plan { source, target, .. } = *act.value().as_ref();
    sqlx::query!(
        "UPDATE job_descriptions SET company_id = $2 WHERE company_id = $1",
        source as _,
        target as _,
    )
    .execute(work.db())
    .await?;
    Ok(())
}

/// The départements a list of applications may be filtered by: those of the source are the target's as well, and of what left nothing
/// stays.
pub(in super::super) async fn move_departments(
    work: &mut Work<'_>,
    act: &Changed<impl AsRef<Plan>>,
) -> Result<()> {
    let Plan { source, target, .. } = *act.value().as_ref();
    sqlx::query!(
        r#"
        INSERT INTO application_departments (organisation_id, direction, department_code)
        SELECT $2::uuid, d.direction, d.department_code
        FROM application_departments d
        WHERE d.organisation_id = $1
          AND CASE d.direction
                  WHEN 'received' THEN EXISTS (SELECT FROM applications a WHERE a.company_id = $2)
                  ELSE EXISTS (SELECT FROM applications a WHERE a.sender_organisation_id = $2)
              END
        ON CONFLICT DO NOTHING
        "#,
        source as _,
        target as _,
    )
    .execute(work.db())
    .await?;
    sqlx::query!(
        r#"
        DELETE FROM application_departments d
        WHERE d.organisation_id = $1
          AND CASE d.direction
                  WHEN 'received' THEN NOT EXISTS (SELECT FROM applications a WHERE a.company_id = $1)
                  ELSE NOT EXISTS (SELECT FROM applications a WHERE a.sender_organisation_id = $1)
              END
        "#,
        source as _,
    )
    .execute(work.db())
    .await?;
    Ok(())
}
