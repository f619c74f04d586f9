//! Prepared exports in and out of the database.

use chrono::{DateTime, Utc};
use iae_domain::Changed;
use iae_domain::actor::ActorRecord;
use iae_domain::exports::prepared::{Ended, ExportState};
use iae_domain::exports::{Export, ListKind};
use iae_domain::ids::{ExportId, OrganisationId, UserId};

use crate::db::ensure_one_row;
use crate::error::{Error, Result};
use crate::queue::DeleteFile;
use crate::{Db, Work};

/// A prepared export.
pub(super) struct Prepared {
    pub id: ExportId,
    pub user: UserId,
    pub organisation: Option<OrganisationId>,
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
    pub fn owner(&self, actor: ActorRecord) -> ActorRecord {
        ActorRecord { user: Some(self.user), organisation: self.organisation, ..actor }
    }
}

/// Keeps what is to be prepared; `false` when the same is being prepared already, and nothing is written.
pub(super) async fn insert(
    work: &mut Work<'_>,
    export: &Changed<Export>,
    query: &str,
    storage_key: &str,
) -> Result<bool> {
    let (user, organisation, now) = (work.by.user, work.by.organisation, work.now());
    let written = sqlx::query!(
        "INSERT INTO exports (id, user_id, organisation_id, list, query, rows, state, storage_key, asked_at)
         VALUES ($1, $2, $3, $4, $5, $6, 'preparing', $7, $8)
         ON CONFLICT (user_id, organisation_id, list, md5(query)) WHERE state = 'preparing' DO NOTHING",
        export.value().id as _,
        user as Option<UserId>,
        organisation as Option<OrganisationId>,
        export.value().list.code(),
        query,
        export.value().rows,
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
    by: ActorRecord,
    list: ListKind,
    query: &str,
) -> Result<Option<ExportId>> {
    let found = sqlx::query_scalar!(
        r#"
        SELECT id AS "id: ExportId"
        FROM exports
        WHERE user_id = $1 AND organisation_id IS NOT DISTINCT FROM $2 AND list = $3 AND md5(query) = md5($4)
        ORDER BY id DESC
        LIMIT 1
        "#,
        by.user as Option<UserId>,
        by.organisation as Option<OrganisationId>,
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

/// Ends a preparation that had not ended.
pub(super) async fn end(work: &mut Work<'_>, id: ExportId, ended: Changed<Ended>) -> Result<()> {
    let state = work.keep(ended).state();
    let now = work.now();
    let done = sqlx::query!(
        "UPDATE exports SET state = $2, ended_at = $3 WHERE id = $1 AND state = 'preparing'",
        id as _,
        state.code(),
        now,
    )
    .execute(work.db())
    .await?;
    ensure_one_row(&done, "exports")
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

/// Forgets an export; its content goes once that is committed.
pub(super) async fn delete(work: &mut Work<'_>, expired: Changed<ExportId>) -> Result<()> {
    let id = work.keep(expired);
    let key = sqlx::query_scalar!("DELETE FROM exports WHERE id = $1 RETURNING storage_key", id as _)
        .fetch_optional(work.db())
        .await?;
    work.enqueue([DeleteFile { key: key.ok_or(Error::NotFound)? }]).await
}
