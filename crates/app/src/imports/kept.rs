//! An import as it is kept: the files and what their bytes come to, what was counted, what was rejected.

use std::io::{self, Read};

use iae_domain::Actor;
use iae_domain::ids::ImportId;
use iae_domain::imports::{Import, ImportCount, ImportKind, ImportOutcome, ImportedFile};
use iae_domain::time::paris_date;
use sha2::{Digest as _, Sha256};

use super::store;
use super::{FileKind, ImportError, Report, import_in};
use crate::audit::Stamp;
use crate::{App, Ctx};

/// A file to import.
#[derive(Debug)]
pub struct NamedFile<R> {
    /// Its name, without its folder.
    pub name: String,
    /// Its bytes.
    pub source: R,
}

/// A line that was rejected, or something that was left as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptRemark {
    /// The name of its file; empty for what no line says.
    pub file: String,
    /// Its line.
    pub line: Option<u64>,
    /// Why.
    pub says: String,
}

/// Bytes that are counted into a SHA-256 as they are read.
pub(super) struct Hashed<R> {
    source: R,
    hash: Sha256,
}

impl<R: Read> Hashed<R> {
    pub(super) fn of(source: R) -> Self {
        Self { source, hash: Sha256::new() }
    }

    /// The SHA-256 of the whole file, in hexadecimal.
    pub(super) fn digest(mut self) -> Result<String, ImportError> {
        io::copy(&mut self, &mut io::sink()).map_err(csv::Error::from)?;
        Ok(hex::encode(self.hash.finalize()))
    }
}

impl<R: Read> Read for Hashed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read(buffer)?;
        self.hash.update(buffer.get(..read).unwrap_or_default());
        Ok(read)
    }
}

/// Imports one file in whose name `ctx` says, and keeps what came of it; or says what importing it would do.
pub async fn import_file<R: Read>(
    app: &App,
    ctx: &Ctx<Actor>,
    kind: FileKind,
    file: NamedFile<R>,
    is_trial: bool,
    progress: impl FnMut(u64),
) -> Result<Report, ImportError> {
    let NamedFile { name, source } = file;
    let mut work = app.begin(ctx).await?;
    let mut source = Hashed::of(source);
    let Ctx { now: at, request_id, impersonator, .. } = *ctx;
    let stamp = Stamp { by: work.by, at, request_id, impersonator };
    let report = import_in(work.db(), kind, &mut source, &stamp, progress).await?;
    if is_trial {
        work.rollback().await?;
        return Ok(report);
    }
    let sha256 = source.digest()?;
    let remark = |line, says| KeptRemark { file: name.clone(), line: Some(line), says };
    let remarks: Vec<KeptRemark> =
        report.rejected.iter().map(|one| remark(one.line, one.reason.to_string())).collect();
    let counts = [
        (ImportCount::Inserted, report.changes.inserted),
        (ImportCount::Updated, report.changes.updated),
        (ImportCount::Unchanged, report.changes.unchanged),
        (ImportCount::Rejected, u64::try_from(remarks.len()).unwrap_or(u64::MAX)),
    ];
    let import = Import {
        id: ImportId::at(ctx.now),
        kind: kind_of(kind),
        outcome: ImportOutcome::Done,
        by: work.by.user,
        at: ctx.now,
        as_of: paris_date(ctx.now),
        files: vec![ImportedFile { name, sha256, rows: report.read }],
        counts: counts.into_iter().filter(|(_, number)| *number > 0).collect(),
    };
    store::keep(&mut work, import.kept(), &remarks).await?;
    work.commit().await?;
    Ok(report)
}

const fn kind_of(kind: FileKind) -> ImportKind {
    match kind {
        FileKind::Communes => ImportKind::Communes,
        FileKind::Rome => ImportKind::Rome,
        FileKind::Prescribers => ImportKind::Prescribers,
        FileKind::Institutions => ImportKind::Institutions,
        FileKind::Structures | FileKind::Conventions | FileKind::Annexes => ImportKind::Structures,
        FileKind::Zrr => ImportKind::Zrr,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_is_that_of_the_whole_file_however_much_was_read() {
        let mut hashed = Hashed::of(&b"abc"[..]);
        let mut first = [0];
        hashed.read_exact(&mut first).unwrap();
        let sha256 = hashed.digest().unwrap();
        assert_eq!(sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
