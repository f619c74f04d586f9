//! Two accounts, held and read before they are merged.

use iae_domain::ids::{OrganisationId, SecondFactorId, UserId};
use uuid::Uuid;

use crate::Work;
use crate::error::Result;

/// An application that gives codes, its secret sealed.
pub(in super::super) struct Factor {
    pub id: SecondFactorId,
    pub sealed: Vec<u8>,
}

/// Makes whoever changes these accounts, or the members of their organisations, take turns: the names of those they accompany, which are
/// written again, then organisations, as everyone who changes their members does, then the accounts, each in the order of their ids.
pub(in super::super) async fn lock(work: &mut Work<'_>, ids: [UserId; 2]) -> Result<()> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    sqlx::query_scalar!(
        r#"
        SELECT count(*) AS "people!"
        FROM (
            SELECT
            FROM candidates c
            WHERE c.id IN (SELECT r.candidate_id FROM candidate_relations r WHERE r.user_id = ANY ($1))
            ORDER BY c.id
            FOR NO KEY UPDATE OF c
        ) AS locked
        "#,
        &ids,
    )
    .fetch_one(work.db())
    .await?;
    sqlx::query_scalar!(
        r#"
        SELECT o.id AS "id: OrganisationId"
        FROM organisations o
        WHERE o.id IN (SELECT m.organisation_id FROM memberships m WHERE m.user_id = ANY ($1))
        ORDER BY o.id
        LIMIT 1000
        FOR NO KEY UPDATE
        "#,
        &ids,
    )
    .fetch_all(work.db())
    .await?;
    sqlx::query_scalar!(
        r#"SELECT u.id AS "id: UserId" FROM users u WHERE u.id = ANY ($1) ORDER BY u.id LIMIT 2 FOR UPDATE"#,
        &ids,
    )
    .fetch_all(work.db())
    .await?;
    work.locked();
    Ok(())
}

/// The applications of an account that give codes.
pub(in super::super) async fn factors(work: &mut Work<'_>, user: UserId) -> Result<Vec<Factor>> {
    let factors = sqlx::query_as!(
        Factor,
        r#"
        SELECT id AS "id: SecondFactorId"
             , sealed
        FROM second_factors
        WHERE user_id = $1 AND removed_at IS NULL
        ORDER BY id
        LIMIT 100
        "#,
        user as _,
    )
    .fetch_all(work.db())
    .await?;
    Ok(factors)
}
