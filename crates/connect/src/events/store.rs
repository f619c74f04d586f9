//! SQL of the audit trail.

use chrono::{DateTime, Utc};
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use super::Event;

/// Adds a line.
pub(super) async fn insert(
    db: &mut PgConnection,
    id: Uuid,
    at: DateTime<Utc>,
    event: &Event<'_>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into connect.events (id, at, name, account_id, client_id, ip, detail)
         values ($1, $2, $3, $4, $5, $6, $7)",
        id,
        at,
        event.name.as_str(),
        event.account_id,
        event.client_id,
        event.ip.to_string(),
        event.detail,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Removes the lines older than `before`.
pub(crate) async fn purge(db: &PgPool, before: DateTime<Utc>) -> sqlx::Result<u64> {
    let done = sqlx::query!("delete from connect.events where at < $1", before).execute(db).await?;
    Ok(done.rows_affected())
}

/// The definition of the CHECK on names.
#[cfg(test)]
pub(super) async fn accepted_names(db: &PgPool) -> sqlx::Result<String> {
    sqlx::query_scalar!(
        r#"select pg_get_constraintdef(oid) as "definition!" from pg_constraint
           where conname = 'events_name_check' and connamespace = 'connect'::regnamespace"#
    )
    .fetch_one(db)
    .await
}
