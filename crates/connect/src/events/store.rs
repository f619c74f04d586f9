//! SQL of the audit trail.

use chrono::{DateTime, Utc};
use sqlx::{PgConnection, PgExecutor, PgPool};
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
        "insert into connect.events (id, at, name, account_id, client_id, ip, detail, actor_id)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        id,
        at,
        event.name.as_str(),
        event.account_id,
        event.client_id,
        event.ip.to_string(),
        event.detail,
        event.actor_id,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A line of the trail, as operators read it.
#[derive(Clone, Debug)]
pub struct Line {
    /// When.
    pub at: DateTime<Utc>,
    /// What, in the words of the rule book.
    pub name: String,
    /// Relying party concerned.
    pub client_id: Option<String>,
    /// Address of the browser or of the relying party.
    pub ip: String,
    /// Why.
    pub detail: Option<String>,
    /// Address of the operator who did it, when one did from a page.
    pub actor: Option<String>,
}

/// The last lines about an account, the newest first.
pub(crate) async fn of_account(
    db: impl PgExecutor<'_>,
    account_id: Uuid,
    limit: i64,
) -> sqlx::Result<Vec<Line>> {
    sqlx::query_as!(
        Line,
        r#"select
               events.at,
               events.name,
               events.client_id,
               events.ip,
               events.detail,
               actors.email as "actor?"
           from connect.events
           left join connect.accounts as actors on actors.id = events.actor_id
           where events.account_id = $1
           order by events.at desc, events.id desc
           limit $2"#,
        account_id,
        limit,
    )
    .fetch_all(db)
    .await
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
