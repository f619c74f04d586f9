//! The employers of a draft, each with its application.

use iae_domain::Changed;
use iae_domain::applications::draft::AddedEmployer;
use iae_domain::ids::{ApplicationDraftId, ApplicationId};

use crate::Work;
use crate::db::ensure_one_row;
use crate::error::Result;

/// Writes an employer more, in the first place that is free, with its audit row.
pub(super) async fn insert_employer(work: &mut Work<'_>, added: Changed<AddedEmployer>) -> Result<()> {
    let added = work.keep(added);
    sqlx::query!(
        r#"
        INSERT INTO draft_applications (id, draft_id, rank, company_id)
        SELECT $1, $2, min(free.rank)::smallint, $3
        FROM generate_series(1, 5) free (rank)
        WHERE NOT EXISTS (SELECT FROM draft_applications l WHERE l.draft_id = $2 AND l.rank = free.rank)
        "#,
        added.id as _,
        added.draft as _,
        added.company as _,
    )
    .execute(work.db())
    .await?;
    touch(work, added.draft).await
}

/// Deletes an employer of a draft, with its audit row.
pub(super) async fn delete_employer(
    work: &mut Work<'_>,
    draft: ApplicationDraftId,
    removed: Changed<ApplicationId>,
) -> Result<()> {
    let id = work.keep(removed);
    let result =
        sqlx::query!("DELETE FROM draft_applications WHERE id = $1 AND draft_id = $2", id as _, draft as _)
            .execute(work.db())
            .await?;
    ensure_one_row(&result, "draft_applications")?;
    touch(work, draft).await
}

async fn touch(work: &mut Work<'_>, draft: ApplicationDraftId) -> Result<()> {
    let result = sqlx::query!(
        "UPDATE application_drafts SET updated_at = $2 WHERE id = $1 AND submitted_at IS NULL",
        draft as _,
        work.now(),
    )
    .execute(work.db())
    .await?;
    ensure_one_row(&result, "application_drafts")
}
