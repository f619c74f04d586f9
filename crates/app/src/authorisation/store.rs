//! The right to prescribe, read and held.

use iae_domain::ids::OrganisationId;

use crate::Work;
use crate::error::Result;

/// Whether the organisation is authorised to prescribe today; it stays so until the transaction ends (PRE-11, P39).
pub(crate) async fn is_authorised(work: &mut Work<'_>, organisation: OrganisationId) -> Result<bool> {
    sqlx::query!(
        "SELECT 1 AS locked FROM prescriber_organisations WHERE organisation_id = $1 FOR SHARE",
        organisation as _,
    )
    .fetch_optional(work.db())
    .await?;
    work.locked();
    let today = work.today();
    let found = sqlx::query_scalar!(
        r#"SELECT is_authorised(p, $2) AS "is_authorised!" FROM prescriber_organisations p WHERE organisation_id = $1"#,
        organisation as _,
        today,
    );
    Ok(found.fetch_optional(work.db()).await?.unwrap_or_default())
}
