//! How a kind of file is imported: read, parsed, checked for duplicates, written by batches.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::Hash;
use std::io::Read;

use chrono::{DateTime, Utc};
use iae_domain::Actor;
use iae_domain::ids::RequestId;
use sqlx::PgConnection;

use super::record::{Line, Record, Rows};
use super::{ImportError, Reason, Rejection, Report, Written};
use crate::audit;

/// Rows written by one statement.
const BATCH: usize = 1000;

/// A kind of file.
pub(super) trait Table: Sized {
    /// An accepted row.
    type Row;
    /// What makes two rows describe the same thing.
    type Key: Eq + Hash;
    /// Columns without which the file cannot be this one.
    const COLUMNS: &'static [&'static str];

    /// Reads what rows are checked against.
    async fn open(tx: &mut PgConnection, now: DateTime<Utc>) -> Result<Self, sqlx::Error>;

    /// Reads a row: its own form first, then what it names here.
    fn parse(&mut self, record: &Record<'_>) -> Result<Self::Row, Reason>;

    /// What the row describes.
    fn key(row: &Self::Row) -> Self::Key;

    /// Writes rows, no two of the same key.
    async fn save(
        &mut self,
        tx: &mut PgConnection,
        rows: &[Self::Row],
        now: DateTime<Utc>,
    ) -> Result<Written, sqlx::Error>;

    /// Whether the fate of this row depends on the rest of the file.
    fn waits(&self, _row: &Self::Row) -> bool {
        false
    }

    /// Writes or rejects the rows that waited, once the whole file is read.
    async fn settle(
        &mut self,
        _tx: &mut PgConnection,
        _waiting: Vec<(u64, Self::Row)>,
        _now: DateTime<Utc>,
    ) -> Result<(Written, Vec<Rejection>), sqlx::Error> {
        Ok((Written::default(), Vec::new()))
    }
}

/// Imports a file of one kind.
pub(super) async fn import<T: Table, R: Read>(
    tx: &mut PgConnection,
    mut rows: Rows<R>,
    now: DateTime<Utc>,
    mut progress: impl FnMut(u64),
) -> Result<Report, ImportError> {
    rows.expect(T::COLUMNS)?;
    let mut table = T::open(tx, now).await?;
    let mut report = Report::default();
    let mut written = Written::default();
    let mut first_lines = HashMap::new();
    let mut batch = Vec::with_capacity(BATCH);
    let mut waiting = Vec::new();
    while let Some(Line { number: line, record }) = rows.next()? {
        report.read += 1;
        let parsed = record.and_then(|record| table.parse(&record)).and_then(|row| {
            match first_lines.entry(T::key(&row)) {
                Entry::Vacant(free) => {
                    free.insert(line);
                    Ok(row)
                }
                Entry::Occupied(first) => Err(Reason::Duplicate { line: *first.get() }),
            }
        });
        match parsed {
            Ok(row) if table.waits(&row) => waiting.push((line, row)),
            Ok(row) => batch.push(row),
            Err(reason) => report.rejected.push(Rejection { line, reason }),
        }
        if batch.len() == BATCH {
            written.add(table.save(tx, &batch, now).await?);
            batch.clear();
            progress(report.read);
        }
    }
    if !batch.is_empty() {
        written.add(table.save(tx, &batch, now).await?);
    }
    let (settled, rejected) = table.settle(tx, waiting, now).await?;
    written.add(settled);
    report.changes = written.changes;
    let stamp = audit::Stamp { by: Actor::System.record(), at: now, request_id: RequestId::at(now) };
    audit::record(tx, &stamp, &written.events).await?;
    report.rejected.extend(rejected);
    report.rejected.sort_by_key(|rejection| rejection.line);
    progress(report.read);
    Ok(report)
}
