//! Candidates' files in and out of the database.

use iae_domain::ids::{CandidateId, OrganisationId, UserId};

use crate::error::Result;
use crate::{Ctx, Tx};

/// Records why a professional deals with a person (D4, ASG-1), or refreshes it. `origin` is one of the values the
/// table's check allows.
pub(crate) async fn relate<A>(
    tx: &mut Tx,
    ctx: &Ctx<A>,
    candidate: CandidateId,
    user: UserId,
    organisation: OrganisationId,
    origin: &'static str,
) -> Result<()> {
    sqlx::query!(
        r#"
        INSERT INTO candidate_relations
            (candidate_id, organisation_id, user_id, origin, created_at, last_action_at)
        VALUES ($1, $2, $3, $4, $5, $5)
        ON CONFLICT (organisation_id, candidate_id, user_id)
        DO UPDATE SET origin = excluded.origin, last_action_at = excluded.last_action_at
        "#,
        candidate as _,
        organisation as _,
        user as _,
        origin,
        ctx.now,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
