//! Reports in and out of the database.

use chrono::{DateTime, Utc};
use iae_domain::Changed;
use iae_domain::ids::{OrganisationId, PassId, ProlongationRequestId};
use iae_domain::pass::prolongation::Report;

use crate::error::{Error, Result};
use crate::{Db, Work};

/// Whether a file was given with this form, by this SIAE, for this PASS.
pub(in super::super) async fn is_given(
    db: impl sqlx::PgExecutor<'_>,
    company: OrganisationId,
    pass: PassId,
    form: ProlongationRequestId,
) -> Result<bool> {
    let is_given = sqlx::query_scalar!(
        r#"SELECT has_report($1, $2, $3) AS "is_given!""#,
        form as _,
        pass as _,
        company as _,
    );
    Ok(is_given.fetch_one(db).await?)
}

/// Writes what owns the file of a form; what is there already is as good as new. The id comes with the form: that of a form or
/// of a request of someone else is a conflict.
pub(super) async fn insert(work: &mut Work<'_>, changed: Changed<Report>) -> Result<()> {
    let Report { id, pass, candidate, company, created_at } = work.keep(changed);
    let kept = sqlx::query_scalar!(
        r#"
        INSERT INTO prolongation_reports (id, pass_id, candidate_id, company_id, created_at)
        SELECT $1, $2, $3, $4, $5
        WHERE NOT EXISTS (SELECT FROM prolongation_requests q WHERE q.id = $1)
        ON CONFLICT (id) DO UPDATE SET created_at = excluded.created_at
            WHERE prolongation_reports.pass_id = $2 AND prolongation_reports.company_id = $4
        RETURNING id
        "#,
        id as _,
        pass as _,
        candidate as _,
        company as _,
        created_at,
    )
    .fetch_optional(work.db())
    .await?;
    kept.map(drop).ok_or(Error::Conflict)
}

/// Those that no request followed, given before this instant, each with its PASS.
pub(super) async fn left_since(
    db: &Db,
    before: DateTime<Utc>,
) -> Result<Vec<(ProlongationRequestId, PassId)>> {
    let left = sqlx::query!(
        r#"
        SELECT r.id AS "id: ProlongationRequestId"
             , r.pass_id AS "pass: PassId"
        FROM prolongation_reports r
        WHERE r.created_at < $1 AND NOT is_followed(r)
        ORDER BY r.created_at, r.id
        LIMIT 10000
        "#,
        before,
    )
    .fetch_all(db)
    .await?;
    Ok(left.into_iter().map(|row| (row.id, row.pass)).collect())
}

/// Whether this is still one of them, once the holder of the PASS is locked.
pub(super) async fn is_left(
    work: &mut Work<'_>,
    id: ProlongationRequestId,
    before: DateTime<Utc>,
) -> Result<bool> {
    let is_left = sqlx::query_scalar!(
        r#"
        SELECT EXISTS (
            SELECT FROM prolongation_reports r WHERE r.id = $1 AND r.created_at < $2 AND NOT is_followed(r)
        ) AS "is_left!"
        "#,
        id as _,
        before,
    );
    Ok(is_left.fetch_one(work.db()).await?)
}

/// Deletes one, its file gone before it.
pub(super) async fn delete(work: &mut Work<'_>, changed: Changed<ProlongationRequestId>) -> Result<()> {
    let id = work.keep(changed);
    sqlx::query!("DELETE FROM prolongation_reports WHERE id = $1", id as _).execute(work.db()).await?;
    Ok(())
}
