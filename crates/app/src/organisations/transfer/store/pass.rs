//! What an organisation did of PASS: no date of any of them moves.

use iae_domain::Changed;
use iae_domain::organisations::transfer::Plan;

use crate::Work;
use crate::error::Result;

/// Prolongations, requests on either side, the reports that came with them, and what stays of those that went with their PASS.
pub(in super::super) async fn move_prolongations(
    work: &mut Work<'_>,
    act: &Changed<impl AsRef<Plan>>,
) -> Result<()> {
    let Plan { source, target, .. } = *act.value().as_ref();
    sqlx::query!(
        r#"
        UPDATE prolongations
        SET company_id = CASE WHEN company_id = $1 THEN $2 ELSE company_id END
          , prescriber_organisation_id =
                CASE WHEN prescriber_organisation_id = $1 THEN $2 ELSE prescriber_organisation_id END
        WHERE company_id = $1 OR prescriber_organisation_id = $1
        "#,
        source as _,
        target as _,
    )
    .execute(work.db())
    .await?;
    sqlx::query!(
        r#"
        UPDATE prolongation_requests
        SET company_id = CASE WHEN company_id = $1 THEN $2 ELSE company_id END
          , prescriber_organisation_id =
                CASE WHEN prescriber_organisation_id = $1 THEN $2 ELSE prescriber_organisation_id END
        WHERE company_id = $1 OR prescriber_organisation_id = $1
        "#,
        source as _,
        target as _,
    )
    .execute(work.db())
    .await?;
    sqlx::query!(
        r#"
        UPDATE cancelled_prolongation_requests
        SET company_id = CASE WHEN company_id = $1 THEN $2 ELSE company_id END
          , prescriber_organisation_id =
                CASE WHEN prescriber_organisation_id = $1 THEN $2 ELSE prescriber_organisation_id END
        WHERE company_id = $1 OR prescriber_organisation_id = $1
        "#,
        source as _,
        target as _,
    )
    .execute(work.db())
    .await?;
    sqlx::query!(
        "UPDATE prolongation_reports SET company_id = $2 WHERE company_id = $1",
        source as _,
        target as _,
    )
    .execute(work.db())
    .await?;
    sqlx::query!(
        "UPDATE followers SET organisation_id = $2 WHERE organisation_id = $1 AND subject_kind = 'prolongation_request'",
        source as _,
        target as _,
    )
    .execute(work.db())
    .await?;
    Ok(())
}

/// Suspensions and early closures.
pub(in super::super) async fn move_suspensions(
    work: &mut Work<'_>,
    act: &Changed<impl AsRef<Plan>>,
) -> Result<()> {
    let Plan { source, target, .. } = *act.value().as_ref();
    sqlx::query!(
        "UPDATE suspensions SET organisation_id = $2 WHERE organisation_id = $1",
        source as _,
        target as _,
    )
    .execute(work.db())
    .await?;
    sqlx::query!(
        "UPDATE pass_closures SET organisation_id = $2 WHERE organisation_id = $1",
        source as _,
        target as _,
    )
    .execute(work.db())
    .await?;
    Ok(())
}
