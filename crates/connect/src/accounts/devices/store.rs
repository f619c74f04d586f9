//! SQL of the sessions, as their holder sees them.

use chrono::{DateTime, Utc};
use sqlx::PgExecutor;
use uuid::Uuid;

use super::OpenSession;

/// Those of an account, the one that served last first.
pub(super) async fn open_sessions(
    db: impl PgExecutor<'_>,
    account_id: Uuid,
    now: DateTime<Utc>,
) -> sqlx::Result<Vec<OpenSession>> {
    sqlx::query_as!(
        OpenSession,
        "select
             id,
             authenticated_at,
             last_seen_at,
             ip,
             user_agent
         from connect.sessions
         where account_id = $1 and expires_at > $2
         order by coalesce(last_seen_at, authenticated_at) desc, id
         limit 100",
        account_id,
        now,
    )
    .fetch_all(db)
    .await
}
