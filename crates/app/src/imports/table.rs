//! How a kind of file is imported: read, parsed, checked for duplicates, written by batches.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::Hash;
use std::io::Read;

use chrono::{DateTime, Utc};
use sqlx::PgConnection;

use super::record::{Line, Record, Rows};
use super::{ImportError, Reason, Rejection, Report, Written};
use crate::audit::{self, Stamp};

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
}

/// Imports a file of one kind.
pub(super) async fn import<T: Table, R: Read>(
    tx: &mut PgConnection,
    mut rows: Rows<R>,
    stamp: &Stamp,
    mut progress: impl FnMut(u64),
) -> Result<Report, ImportError> {
    rows.expect(T::COLUMNS)?;
    let now = stamp.at;
    let mut table = T::open(tx, now).await?;
    let mut report = Report::default();
    let mut written = Written::default();
    let mut first_lines = HashMap::new();
    let mut batch = Vec::with_capacity(BATCH);
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
    report.changes = written.changes;
    audit::record(tx, stamp, &written.events).await?;
    progress(report.read);
    Ok(report)
}
