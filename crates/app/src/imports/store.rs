//! What every import begins and ends with.

use iae_domain::Changed;
use iae_domain::ids::UserId;
use iae_domain::imports::Import;
use sqlx::PgConnection;

use super::kept::KeptRemark;
use crate::Work;
use crate::error::{Error, Result};

/// Remarks that are kept of an import. A file of another kind would have one a line.
const REMARKS_KEPT: usize = 2000;

/// Waits until no other transaction imports: each changes rows in the order of its file, and two at once could wait
/// for each other.
pub(super) async fn take_turn(tx: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!("SELECT take_turn_to_import()").execute(tx).await.map(drop)
}

/// Keeps an import and what it rejected.
pub(super) async fn keep(work: &mut Work<'_>, import: Changed<Import>, remarks: &[KeptRemark]) -> Result<()> {
    let import = work.keep(import);
    let json = |written: serde_json::Result<serde_json::Value>| {
        written.map_err(|error| Error::internal("report of an import", error))
    };
    let (files, counts) =
        (json(serde_json::to_value(&import.files))?, json(serde_json::to_value(&import.counts))?);
    sqlx::query!(
        r#"
        INSERT INTO imports (id, kind, outcome, imported_by, imported_at, as_of, files, counts, remarks)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        "#,
        import.id as _,
        import.kind.code(),
        import.outcome.code(),
        import.by as Option<UserId>,
        import.at,
        import.as_of,
        files,
        counts,
        i32::try_from(remarks.len()).unwrap_or(i32::MAX),
    )
    .execute(work.db())
    .await?;
    let kept = remarks.get(..REMARKS_KEPT).unwrap_or(remarks);
    let lines: Vec<Option<i64>> =
        kept.iter().map(|one| one.line.and_then(|line| i64::try_from(line).ok())).collect();
    sqlx::query!(
        r#"
        INSERT INTO import_remarks (import_id, rank, file, line, says)
        SELECT $1, remark.*
        FROM unnest($2::int4[], $3::text[], $4::int8[], $5::text[]) AS remark
        "#,
        import.id as _,
        &(1..).take(kept.len()).collect::<Vec<i32>>(),
        &kept.iter().map(|one| one.file.clone()).collect::<Vec<String>>(),
        &lines as &[Option<i64>],
        &kept.iter().map(|one| one.says.clone()).collect::<Vec<String>>(),
    )
    .execute(work.db())
    .await?;
    Ok(())
}
