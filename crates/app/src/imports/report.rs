//! What an import did.

use super::Reason;

/// How many rows were written, by what happened to them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Changes {
    /// Rows that did not exist.
    pub inserted: u64,
    /// Rows that existed otherwise.
    pub updated: u64,
    /// Rows that already were as in the file.
    pub unchanged: u64,
}

impl Changes {
    /// Counts a batch: `written` says, for each row the database touched, whether it was inserted.
    pub(crate) fn count(batch: usize, written: &[bool]) -> Self {
        let inserted = written.iter().filter(|inserted| **inserted).count();
        Self {
            inserted: inserted as u64,
            updated: (written.len() - inserted) as u64,
            unchanged: batch.saturating_sub(written.len()) as u64,
        }
    }

    pub(crate) fn add(&mut self, other: Self) {
        self.inserted += other.inserted;
        self.updated += other.updated;
        self.unchanged += other.unchanged;
    }
}

/// A row that was not imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejection {
    /// Its line in the file, the header being line 1.
    pub line: u64,
    /// Why.
    pub reason: Reason,
}

/// The outcome of an import: every row read is inserted, updated, unchanged or rejected.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Rows of the file, the header aside.
    pub read: u64,
    /// What became of the accepted ones.
    pub changes: Changes,
    /// The others, in the order of the file.
    pub rejected: Vec<Rejection>,
}
