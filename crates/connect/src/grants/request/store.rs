//! SQL of the requests that someone signed in through: what keeps a login page from serving twice.

use chrono::{DateTime, Utc};
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use super::Pending;

/// What a login page has to know of its request.
pub(crate) struct Asker {
    /// Name of the relying party.
    pub(crate) client_name: String,
    /// Somebody signed in through the page.
    pub(crate) answered: bool,
}

/// Who asks, as long as it is registered.
pub(crate) async fn find_asker(db: &PgPool, pending: &Pending) -> sqlx::Result<Option<Asker>> {
    sqlx::query_as!(
        Asker,
        r#"select
               clients.name as client_name,
               exists (select from connect.answered_requests where id = $2) as "answered!"
           from connect.clients
           where clients.id = $1"#,
        pending.request.client_id,
        pending.id,
    )
    .fetch_optional(db)
    .await
}

/// Someone signs in through the page of a request, if nobody did before. Of two at the same instant, one is told so.
pub(crate) async fn answer_request(
    db: &mut PgConnection,
    id: Uuid,
    expires_at: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "insert into connect.answered_requests (id, expires_at) values ($1, $2) on conflict (id) do nothing",
        id,
        expires_at,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Removes the requests that expired before `before`, and those the version before wrote.
pub(crate) async fn purge_requests(db: &PgPool, before: DateTime<Utc>) -> sqlx::Result<u64> {
    let answered = sqlx::query!("delete from connect.answered_requests where expires_at <= $1", before)
        .execute(db)
        .await?;
    let former = sqlx::query!("delete from connect.authorization_requests where expires_at <= $1", before)
        .execute(db)
        .await?;
    Ok(answered.rows_affected() + former.rows_affected())
}
