//! Imports that were run, as the team reads them.

use chrono::{DateTime, NaiveDate, Utc};
use iae_domain::actor::StaffActor;
use iae_domain::ids::{ImportId, UserId};
use iae_domain::imports::{Import, ImportCount, ImportKind, ImportOutcome, ImportedFile};
use iae_domain::staff::{StaffRight, ensure};
use sqlx::PgExecutor;
use sqlx::types::Json;

use crate::error::Result;
use crate::{App, Ctx};

/// Imports of one page.
pub const IMPORTS_SHOWN: i64 = 50;
/// Remarks of one page.
pub const REMARKS_SHOWN: i64 = 500;

/// An import, with who ran it.
#[derive(Debug, Clone)]
pub struct ImportRun {
    /// The import.
    pub import: Import,
    /// The name of the member of the team in whose name; none for the operator.
    pub by: Option<String>,
    /// How many lines were rejected or left as they were.
    pub remarks: i32,
}

/// A line that was rejected, or something that was left as it was.
#[derive(Debug, Clone)]
pub struct RemarkRow {
    /// Its file, empty when no line says it.
    pub file: String,
    /// Its line.
    pub line: Option<i64>,
    /// Why.
    pub says: String,
}

struct Row {
    id: ImportId,
    kind: ImportKind,
    outcome: ImportOutcome,
    imported_by: Option<UserId>,
    by: Option<String>,
    imported_at: DateTime<Utc>,
    as_of: NaiveDate,
    files: Json<Vec<ImportedFile>>,
    counts: Json<Vec<(ImportCount, u64)>>,
    remarks: i32,
}

impl Row {
    fn run(self) -> ImportRun {
        let import = Import {
            id: self.id,
            kind: self.kind,
            outcome: self.outcome,
            by: self.imported_by,
            at: self.imported_at,
            as_of: self.as_of,
            files: self.files.0,
            counts: self.counts.0,
        };
        ImportRun { import, by: self.by, remarks: self.remarks }
    }
}

/// The imports before this one, or the last ones, the latest first, for whoever of the team reads them (STF-1).
pub async fn imports(app: &App, ctx: &Ctx<StaffActor>, before: Option<ImportId>) -> Result<Vec<ImportRun>> {
    ensure(&ctx.actor, StaffRight::ReadImports)?;
    let rows = sqlx::query_as!(
        Row,
        r#"
        SELECT i.id AS "id!: ImportId"
             , i.kind AS "kind!: ImportKind"
             , i.outcome AS "outcome!: ImportOutcome"
             , i.imported_by AS "imported_by?: UserId"
             , full_name(u.first_name, u.last_name) AS "by?"
             , i.imported_at AS "imported_at!"
             , i.as_of AS "as_of!"
             , i.files AS "files!: Json<Vec<ImportedFile>>"
             , i.counts AS "counts!: Json<Vec<(ImportCount, u64)>>"
             , i.remarks AS "remarks!"
        FROM imports i
        LEFT JOIN users u ON u.id = i.imported_by
        WHERE $1::uuid IS NULL OR i.id < $1
        ORDER BY i.id DESC
        LIMIT $2
        "#,
        before as Option<ImportId>,
        IMPORTS_SHOWN,
    )
    .fetch_all(&app.db)
    .await?;
    Ok(rows.into_iter().map(Row::run).collect())
}

/// One import, with who ran it, for whoever of the team reads them (STF-1).
pub async fn import_run(app: &App, ctx: &Ctx<StaffActor>, id: ImportId) -> Result<Option<ImportRun>> {
    ensure(&ctx.actor, StaffRight::ReadImports)?;
    run(&app.db, id).await
}

/// The same, for the mail about it.
pub(crate) async fn run(db: impl PgExecutor<'_>, id: ImportId) -> Result<Option<ImportRun>> {
    let row = sqlx::query_as!(
        Row,
        r#"
        SELECT i.id AS "id!: ImportId"
             , i.kind AS "kind!: ImportKind"
             , i.outcome AS "outcome!: ImportOutcome"
             , i.imported_by AS "imported_by?: UserId"
             , full_name(u.first_name, u.last_name) AS "by?"
             , i.imported_at AS "imported_at!"
             , i.as_of AS "as_of!"
             , i.files AS "files!: Json<Vec<ImportedFile>>"
             , i.counts AS "counts!: Json<Vec<(ImportCount, u64)>>"
             , i.remarks AS "remarks!"
        FROM imports i
        LEFT JOIN users u ON u.id = i.imported_by
        WHERE i.id = $1
        "#,
        id as _,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(Row::run))
}

/// What an import rejected or left as it was, in its order, after so many, for whoever of the team reads it (STF-1).
pub async fn remarks(app: &App, ctx: &Ctx<StaffActor>, id: ImportId, after: i32) -> Result<Vec<RemarkRow>> {
    ensure(&ctx.actor, StaffRight::ReadImports)?;
    let remarks = sqlx::query_as!(
        RemarkRow,
        r#"
        SELECT file
             , line
             , says
        FROM import_remarks
        WHERE import_id = $1 AND rank > $2
        ORDER BY rank
        LIMIT $3
        "#,
        id as _,
        after,
        REMARKS_SHOWN,
    )
    .fetch_all(&app.db)
    .await?;
    Ok(remarks)
}
