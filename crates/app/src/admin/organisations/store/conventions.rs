//! Conventions that a company is attached to, or whose flag is turned.

use iae_domain::Changed;
use iae_domain::ids::{ConventionId, OrganisationId, UserId};
use iae_domain::organisations::team::{FoundConvention, TurnedConvention};
use iae_domain::organisations::{CompanyKind, Siret};
use sqlx::PgConnection;

use crate::Work;
use crate::db::ensure_one_row;
use crate::error::Result;
use crate::organisations::store::{Hold, hold};

/// The convention that has this number among those of the kind.
pub(in super::super) async fn convention(
    db: &mut PgConnection,
    kind: CompanyKind,
    number: i32,
) -> Result<Option<FoundConvention>> {
    let found = sqlx::query_as!(
        FoundConvention,
        r#"
        SELECT id AS "id: ConventionId"
             , asp_id
             , siret_signature AS "siret_signature: Siret"
        FROM conventions
        WHERE asp_id = $1 AND kind = $2
        "#,
        number,
        kind.code(),
    )
    .fetch_optional(db)
    .await?;
    Ok(found)
}

/// The same, held: it stays as it is until the transaction ends.
pub(in super::super) async fn hold_convention(
    work: &mut Work<'_>,
    kind: CompanyKind,
    number: i32,
) -> Result<Option<FoundConvention>> {
    let Some(found) = convention(work.db(), kind, number).await? else { return Ok(None) };
    hold(work, Hold::Changed, &[], Some(found.id)).await?;
    convention(work.db(), kind, number).await
}

/// The convention of a company, locked: alone, it is the first of what is locked.
pub(in super::super) async fn lock_convention(
    work: &mut Work<'_>,
    company: OrganisationId,
) -> Result<Option<TurnedConvention>> {
    let convention = sqlx::query_as!(
        TurnedConvention,
        r#"
        SELECT v.id AS "id: ConventionId"
             , v.is_active
             , v.deactivated_at
             , v.reactivated_at
             , v.reactivated_by AS "reactivated_by: UserId"
        FROM conventions v
        JOIN companies c ON c.convention_id = v.id
        WHERE c.organisation_id = $1
        FOR NO KEY UPDATE OF v
        "#,
        company as _,
    )
    .fetch_optional(work.db())
    .await?;
    work.locked();
    Ok(convention)
}

/// Writes its flag. Its companies appear in the directory, or go, as it commits.
pub(in super::super) async fn save_convention(
    work: &mut Work<'_>,
    changed: Changed<TurnedConvention>,
) -> Result<()> {
    let convention = work.keep(changed);
    let saved = sqlx::query!(
        r#"
        UPDATE conventions
        SET is_active = $2
          , deactivated_at = $3
          , reactivated_at = $4
          , reactivated_by = $5
        WHERE id = $1
        "#,
        convention.id as _,
        convention.is_active,
        convention.deactivated_at,
        convention.reactivated_at,
        convention.reactivated_by as Option<UserId>,
    )
    .execute(work.db())
    .await?;
    ensure_one_row(&saved, "conventions")
}
