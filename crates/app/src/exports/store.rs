//! Prepared exports in and out of the database.

use chrono::{DateTime, Utc};
use iae_domain::Changed;
use iae_domain::exports::prepared::{Ended, ExportState, Owner};
use iae_domain::exports::{Export, ListKind};
use iae_domain::ids::{ExportId, OrganisationId, UserId};

use crate::error::Result;
use crate::queue::DeleteFile;
use crate::{Db, Work};

/// A prepared export.
pub(super) struct Prepared {
    pub id: ExportId,
    pub user: UserId,
    pub organisation: Option<OrganisationId>,
    pub capacity: String,
    pub list: ListKind,
    pub query: String,
    pub rows: i64,
    pub rows_written: i64,
    pub state: ExportState,
    pub storage_key: String,
    pub asked_at: DateTime<Utc>,
}

impl Prepared {
    /// Who it is for.
    pub fn owner(&self) -> Owner {
        Owner { user: self.user, organisation: self.organisation, capacity: self.capacity.clone() }
    }
}

/// Keeps what is to be prepared; `false` when the same is being prepared already, and nothing is written.
pub(super) async fn insert(
    work: &mut Work<'_>,
    owner: &Owner,
    export: &Changed<Export>,
    query: &str,
    storage_key: &str,
) -> Result<bool> {
    let now = work.now();
    let written = sqlx::query!(
        "INSERT INTO exports
             (id, user_id, organisation_id, capacity, list, query, rows, state, storage_key, asked_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, 'preparing', $8, $9)
         ON CONFLICT (user_id, organisation_id, capacity, list, md5(query)) WHERE state = 'preparing' DO NOTHING",
        export.value().id as _,
        owner.user as _,
        owner.organisation as Option<OrganisationId>,
        owner.capacity,
        export.value().contents.list.code(),
        query,
        export.value().contents.rows,
        storage_key,
        now,
    )
    .execute(work.db())
    .await?;
    Ok(written.rows_affected() == 1)
}

/// The last export of this view someone asked for.
pub(super) async fn last_asked(
    db: &Db,
    owner: &Owner,
    list: ListKind,
    query: &str,
) -> Result<Option<ExportId>> {
    let found = sqlx::query_scalar!(
        r#"
        SELECT id AS "id: ExportId"
        FROM exports
        WHERE user_id = $1 AND organisation_id IS NOT DISTINCT FROM $2 AND capacity = $3 AND list = $4
          AND md5(query) = md5($5)
        ORDER BY id DESC
        LIMIT 1
        "#,
        owner.user as _,
        owner.organisation as Option<OrganisationId>,
        owner.capacity,
        list.code(),
        query,
    )
    .fetch_optional(db)
    .await?;
    Ok(found)
}

/// An export, whoever it is for: the policy says to whom it exists.
pub(super) async fn find(db: &Db, id: ExportId) -> Result<Option<Prepared>> {
    let found = sqlx::query_as!(
        Prepared,
        r#"
        SELECT id AS "id: ExportId"
             , user_id AS "user: UserId"
             , organisation_id AS "organisation: OrganisationId"
             , capacity
             , list AS "list: ListKind"
             , query
             , rows
             , rows_written
             , state AS "state: ExportState"
             , storage_key
             , asked_at
        FROM exports
        WHERE id = $1
        "#,
        id as _,
    )
    .fetch_optional(db)
    .await?;
    Ok(found)
}

/// Ends a preparation that had not ended; `false` when it had, or is gone.
pub(super) async fn end(work: &mut Work<'_>, id: ExportId, ended: Changed<Ended>) -> Result<bool> {
    let ended = work.keep(ended);
    let rows = match ended {
        Ended::Ready { rows } => Some(rows),
        Ended::Denied => None,
    };
    let now = work.now();
    let done = sqlx::query!(
        "UPDATE exports SET state = $2, ended_at = $3, rows = coalesce($4, rows)
         WHERE id = $1 AND state = 'preparing'",
        id as _,
        ended.state().code(),
        now,
        rows,
    )
    .execute(work.db())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Those asked for before this moment.
pub(super) async fn asked_before(db: &Db, moment: DateTime<Utc>) -> Result<Vec<ExportId>> {
    let old = sqlx::query_scalar!(
        r#"SELECT id AS "id: ExportId" FROM exports WHERE asked_at < $1 ORDER BY asked_at LIMIT 1000"#,
        moment,
    )
    .fetch_all(db)
    .await?;
    Ok(old)
}

/// Forgets an export; its content goes once that is committed. `false` when it is gone already.
pub(super) async fn delete(work: &mut Work<'_>, expired: Changed<ExportId>) -> Result<bool> {
    let id = work.keep(expired);
    let key = sqlx::query_scalar!("DELETE FROM exports WHERE id = $1 RETURNING storage_key", id as _)
        .fetch_optional(work.db())
        .await?;
    let Some(key) = key else { return Ok(false) };
    work.enqueue([DeleteFile { key }]).await?;
    Ok(true)
}
