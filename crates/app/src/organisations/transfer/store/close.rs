//! What becomes of the organisation that gave what it had.

use iae_domain::Changed;
use iae_domain::ids::{OrganisationId, UserId};
use iae_domain::organisations::merger::Merged;
use iae_domain::organisations::transfer::Plan;

use crate::Work;
use crate::db::ensure_one_row;
use crate::error::Result;

/// Nobody applies to the company any more, finds it, nor acts for it (rule book 01 §13). The weekly flow does not show it again.
pub(in super::super) async fn disable(work: &mut Work<'_>, act: &Changed<impl AsRef<Plan>>) -> Result<()> {
    let company = act.value().as_ref().source;
    let now = work.now();
    sqlx::query!(
        r#"
        UPDATE companies
        SET block_applications_at = coalesce(block_applications_at, $2)
          , spontaneous_open_since = NULL
          , is_searchable = false
          , hidden_at = NULL
        WHERE organisation_id = $1
        "#,
        company as _,
        now,
    )
    .execute(work.db())
    .await?;
    end_memberships(work, company).await
}

/// The prescriber organisation is closed: it prescribes no more, and all its old addresses lead to the one that took its place, those of
/// what had been merged into it before as well.
pub(super) async fn replace(work: &mut Work<'_>, act: &Changed<Merged>) -> Result<()> {
    let Plan { source, target, .. } = act.value().plan;
    end_memberships(work, source).await?;
    let (by, now) = (work.by.user, work.now());
    let closed = sqlx::query!(
        "UPDATE organisations SET closed_at = $3, replaced_by = $2, updated_at = $3 WHERE id = $1",
        source as _,
        target as _,
        now,
    )
    .execute(work.db())
    .await?;
    ensure_one_row(&closed, "organisations")?;
    sqlx::query!(
        "UPDATE organisations SET replaced_by = $2 WHERE replaced_by = $1",
        source as _,
        target as _,
    )
    .execute(work.db())
    .await?;
    sqlx::query!(
        r#"
        UPDATE prescriber_organisations
        SET authorisation_status = 'NOT_SET'
          , authorisation_updated_at = $2
          , authorisation_updated_by = $3
        WHERE organisation_id = $1 AND authorisation_status = 'VALIDATED'
        "#,
        source as _,
        now,
        by as Option<UserId>,
    )
    .execute(work.db())
    .await?;
    Ok(())
}

/// Whose right stays, as whoever merged said it, when that changes. A delegate of a département council follows its BRSA (PRE-5).
pub(super) async fn set_authorisation(work: &mut Work<'_>, act: &Changed<Merged>) -> Result<()> {
    let Merged { plan, authorisation: Some(status), .. } = act.value() else { return Ok(()) };
    let (by, now) = (work.by.user, work.now());
    let written = sqlx::query!(
        r#"
        UPDATE prescriber_organisations
        SET authorisation_status = $2
          , authorisation_updated_at = $3
          , authorisation_updated_by = $4
          , is_brsa = is_brsa OR (kind = 'ODC' AND $2 = 'VALIDATED')
        WHERE organisation_id = $1
        "#,
        plan.target as _,
        status.code(),
        now,
        by as Option<UserId>,
    )
    .execute(work.db())
    .await?;
    ensure_one_row(&written, "prescriber_organisations")
}

/// Memberships are never deleted (MEM-1); whoever was invited is not any more.
async fn end_memberships(work: &mut Work<'_>, organisation: OrganisationId) -> Result<()> {
    let (by, now) = (work.by.user, work.now());
    sqlx::query!(
        r#"
        UPDATE memberships
        SET is_active = false
          , is_admin = false
          , updated_at = $2
          , updated_by = $3
          , departure_asked_at = NULL
        WHERE organisation_id = $1 AND is_active
        "#,
        organisation as _,
        now,
        by as Option<UserId>,
    )
    .execute(work.db())
    .await?;
    sqlx::query!(
        "UPDATE invitations SET revoked_at = $2 WHERE organisation_id = $1 AND accepted_at IS NULL AND revoked_at IS NULL",
        organisation as _,
        now,
    )
    .execute(work.db())
    .await?;
    Ok(())
}
