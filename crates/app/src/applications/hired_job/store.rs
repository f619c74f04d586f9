//! New posts of hires into the database.

use iae_domain::Changed;
use iae_domain::applications::Application;
use iae_domain::ids::{JobDescriptionId, OrganisationId};
use iae_domain::organisations::{CONTRACT_OF_HIRED_POST, HiredPost};

use super::NewJob;
use crate::Work;
use crate::applications::store::save;
use crate::error::Result;

/// The post of this appellation there, open or closed; or the one to be written. Two hires at once wait for each other.
pub(crate) async fn job_for_hire(
    work: &mut Work<'_>,
    company: OrganisationId,
    job: NewJob,
) -> Result<(JobDescriptionId, Option<HiredPost>)> {
    sqlx::query!("SELECT pg_advisory_xact_lock(hashtextextended($1::uuid::text, 1))", company.0)
        .execute(work.db())
        .await?;
    work.locked();
    let known = sqlx::query_scalar!(
        r#"
        SELECT id AS "id: JobDescriptionId"
        FROM job_descriptions
        WHERE company_id = $1 AND appellation_code = $2 AND commune_code = $3
        ORDER BY is_active DESC, id
        LIMIT 1
        "#,
        company as _,
        job.appellation,
        job.commune,
    )
    .fetch_optional(work.db())
    .await?;
    if let Some(id) = known {
        return Ok((id, None));
    }
    let id = JobDescriptionId::at(work.now());
    let NewJob { appellation, commune } = job;
    Ok((id, Some(HiredPost { id, company, appellation, commune })))
}

/// Writes a hire, and its post when there was none, with its audit row: closed, since nobody recruits for it any more.
pub(crate) async fn save_hire(
    work: &mut Work<'_>,
    hired: Changed<Application>,
    new_job: Option<Changed<HiredPost>>,
) -> Result<()> {
    if let Some(new_job) = new_job {
        let post = work.keep(new_job);
        sqlx::query!(
            r#"
            INSERT INTO job_descriptions
                (id, company_id, appellation_code, commune_code, contract_type, other_contract, is_active,
                 is_created_at_hiring, created_at, last_employer_update_at)
            VALUES ($1, $2, $3, $4, 'OTHER', $5, false, true, $6, $6)
            "#,
            post.id as _,
            post.company as _,
            post.appellation,
            post.commune,
            CONTRACT_OF_HIRED_POST,
            work.now(),
        )
        .execute(work.db())
        .await?;
    }
    save(work, hired).await
}
