//! The file as it is sent: a ZIP made piece by piece, no faster than it is read, of which one piece is in memory. A proof is held against
//! its SHA-256 before any of it leaves: when it is not what was recorded, the file stops there and the reader gets a broken download,
//! never a wrong piece.

use std::cell::RefCell;
use std::io::{self, Write};
use std::vec::IntoIter;

use bytes::Bytes;
use chrono::{DateTime, Datelike as _, Timelike as _, Utc};
use futures_util::stream::{self, BoxStream};
use futures_util::{StreamExt as _, TryStreamExt as _};
use iae_domain::ids::DocumentId;
use iae_domain::time::paris_time;
use sha2::{Digest as _, Sha256};
use zip::write::{PreparedZipFile, SimpleFileOptions, StreamWriter, ZipFileBuilder};
use zip::{CompressionMethod, ZipWriter};

use super::piece::{Content, Piece};
use crate::error::{Error, Result};
use crate::gateways::files::Files;
use crate::running_exports::Running;

/// Bytes that are sent at once.
const SENT: usize = 64 * 1024;

/// What was written and not sent yet.
#[derive(Default)]
struct Spool(RefCell<Vec<u8>>);

impl Write for Spool {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.get_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A ZIP that is being sent.
struct Zipped {
    files: Files,
    left: IntoIter<Piece>,
    /// None once its end is written.
    zip: Option<ZipWriter<StreamWriter<Spool>>>,
    ready: Bytes,
    running: Option<Running>,
}

/// These pieces, in their order; `running` ends before the reader knows that all came: they may ask for another.
pub(super) fn stream(
    files: Files,
    pieces: Vec<Piece>,
    running: Running,
) -> BoxStream<'static, io::Result<Bytes>> {
    let zipped = Zipped {
        files,
        left: pieces.into_iter(),
        // Each piece is whole before it is written: nothing is written again, whatever cannot go back is enough.
        zip: Some(ZipWriter::new(StreamWriter::new(Spool::default()))),
        ready: Bytes::new(),
        running: Some(running),
    };
    stream::try_unfold(zipped, next).boxed()
}

async fn next(mut zipped: Zipped) -> io::Result<Option<(Bytes, Zipped)>> {
    while zipped.ready.is_empty() {
        if !zipped.advance().await.map_err(failed)? {
            return Ok(None);
        }
    }
    let sent = zipped.ready.split_to(zipped.ready.len().min(SENT));
    Ok(Some((sent, zipped)))
}

impl Zipped {
    /// Writes what comes next; says whether something did.
    async fn advance(&mut self) -> Result<bool> {
        let Some(piece) = self.left.next() else { return self.finish() };
        let prepared = prepare(&self.files, piece).await?;
        let zip = self.zip.as_mut().ok_or_else(over)?;
        zip.add_prepared_file(prepared).map_err(broken)?;
        let spool = zip.get_ref().ok_or_else(over)?.get_ref();
        self.ready = spool.0.take().into();
        Ok(true)
    }

    fn finish(&mut self) -> Result<bool> {
        let Some(zip) = self.zip.take() else { return Ok(false) };
        self.running = None;
        let spool = zip.finish().map_err(broken)?.into_inner();
        self.ready = spool.0.into_inner().into();
        Ok(true)
    }
}

/// A piece, whole, and what it must be. Its headers say its size: whoever unzips it as it comes can.
async fn prepare(files: &Files, piece: Piece) -> Result<PreparedZipFile> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(dated(piece.dated));
    let mut entry = ZipFileBuilder::new(&piece.name, options).map_err(broken)?;
    match piece.content {
        Content::Made(bytes) => entry.write_all(&bytes).map_err(broken)?,
        Content::Kept { document, storage_key } => {
            let mut chunks = files.get(&storage_key).await?.chunks;
            let (mut hash, mut size) = (Sha256::new(), 0_u64);
            while let Some(bytes) = chunks.try_next().await? {
                size += bytes.len() as u64;
                if size > piece.size {
                    return Err(changed(document));
                }
                hash.update(&bytes);
                entry.write_all(&bytes).map_err(broken)?;
            }
            if size != piece.size || hex::encode(hash.finalize()) != piece.sha256 {
                return Err(changed(document));
            }
        }
    }
    entry.finish().map_err(broken)
}

/// When a piece is of, on the clock of Paris: a ZIP knows no other.
fn dated(at: DateTime<Utc>) -> zip::DateTime {
    let at = paris_time(at);
    let part = |part: u32| u8::try_from(part).unwrap_or_default();
    let year = u16::try_from(at.year()).unwrap_or_default();
    let (month, day) = (part(at.month()), part(at.day()));
    let (hour, minute, second) = (part(at.hour()), part(at.minute()), part(at.second()));
    zip::DateTime::from_date_and_time(year, month, day, hour, minute, second).unwrap_or_default()
}

fn changed(document: DocumentId) -> Error {
    Error::Internal(format!("the content of document {document} is not what was recorded"), None)
}

fn over() -> Error {
    Error::Internal("the file of a control is over".to_owned(), None)
}

fn broken(error: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::internal("file of a control", error)
}

/// The reader gets a broken download rather than a file that lacks something.
fn failed(error: Error) -> io::Error {
    tracing::error!(error = %error, "the file of a control stopped");
    io::Error::other(error)
}
