//! What a member asked, as their pages show it.

use chrono::{DateTime, Utc};
use iae_domain::ids::{OrganisationId, UserId};

use crate::Db;
use crate::error::Result;

/// When a member asked to leave, if they did and nobody decided of it (MEM-10).
pub async fn departure_asked_at(
    db: &Db,
    organisation: OrganisationId,
    user: UserId,
) -> Result<Option<DateTime<Utc>>> {
    let asked_at = sqlx::query_scalar!(
        r#"
        SELECT departure_asked_at
        FROM memberships
        WHERE organisation_id = $1 AND user_id = $2 AND is_active
        "#,
        organisation as _,
        user as _,
    )
    .fetch_optional(db)
    .await?;
    Ok(asked_at.flatten())
}
