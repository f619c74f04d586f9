//! What a company says of itself: copied when it says anything, so that the source still says it as well.

use iae_domain::Changed;
use iae_domain::organisations::transfer::Plan;

use crate::Work;
use crate::error::Result;

/// What it calls itself.
pub(in super::super) async fn copy_brand(work: &mut Work<'_>, act: &Changed<impl AsRef<Plan>>) -> Result<()> {
    let Plan { source, target, .. } = *act.value().as_ref();
    let now = work.now();
    sqlx::query!(
        r#"
        UPDATE organisations t
        SET brand = s.brand, updated_at = $3
        FROM organisations s
        WHERE s.id = $1 AND t.id = $2 AND s.brand <> ''
        "#,
        source as _,
        target as _,
        now,
    )
    .execute(work.db())
    .await?;
    Ok(())
}

/// What it does.
pub(in super::super) async fn copy_description(
    work: &mut Work<'_>,
    act: &Changed<impl AsRef<Plan>>,
) -> Result<()> {
    let Plan { source, target, .. } = *act.value().as_ref();
    let now = work.now();
    sqlx::query!(
        r#"
        UPDATE organisations t
        SET description = s.description, updated_at = $3
        FROM organisations s
        WHERE s.id = $1 AND t.id = $2 AND s.description <> ''
        "#,
        source as _,
        target as _,
        now,
    )
    .execute(work.db())
    .await?;
    Ok(())
}

/// Its public number.
pub(in super::super) async fn copy_phone(work: &mut Work<'_>, act: &Changed<impl AsRef<Plan>>) -> Result<()> {
    let Plan { source, target, .. } = *act.value().as_ref();
    let now = work.now();
    sqlx::query!(
        r#"
        UPDATE organisations t
        SET phone = s.phone, updated_at = $3
        FROM organisations s
        WHERE s.id = $1 AND t.id = $2 AND s.phone <> ''
        "#,
        source as _,
        target as _,
        now,
    )
    .execute(work.db())
    .await?;
    Ok(())
}

/// Whether it may be found.
pub(in super::super) async fn copy_searchable(
    work: &mut Work<'_>,
    act: &Changed<impl AsRef<Plan>>,
) -> Result<()> {
    let Plan { source, target, .. } = *act.value().as_ref();
    sqlx::query!(
        r#"
        UPDATE companies t
        SET is_searchable = s.is_searchable
        FROM companies s
        WHERE s.organisation_id = $1 AND t.organisation_id = $2
        "#,
        source as _,
        target as _,
    )
    .execute(work.db())
    .await?;
    Ok(())
}
