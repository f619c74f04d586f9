//! SQL of the forgotten passwords.

use chrono::{DateTime, Utc};
use sqlx::{PgConnection, PgExecutor, PgPool};
use uuid::Uuid;

use super::Forgotten;

/// Writes one.
pub(super) async fn insert(
    db: &mut PgConnection,
    id: Uuid,
    email: &str,
    request: Option<&str>,
    now: DateTime<Utc>,
    expires_at: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into connect.password_resets (id, email, request, created_at, expires_at)
         values ($1, $2, $3, $4, $5)",
        id,
        email,
        request,
        now,
        expires_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// One of them.
pub(super) async fn find(db: impl PgExecutor<'_>, id: Uuid) -> sqlx::Result<Option<Forgotten>> {
    sqlx::query_as!(
        Forgotten,
        "select id, email, request, expires_at from connect.password_resets where id = $1",
        id,
    )
    .fetch_optional(db)
    .await
}

/// Removes those whose link served until `before`.
pub(crate) async fn purge(db: &PgPool, before: DateTime<Utc>) -> sqlx::Result<u64> {
    let done = sqlx::query!("delete from connect.password_resets where expires_at <= $1", before)
        .execute(db)
        .await?;
    Ok(done.rows_affected())
}
