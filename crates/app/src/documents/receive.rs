//! A file as it arrives: written to a temporary file without a name, so that one given up midway is gone by itself,
//! even when the process is killed; its size and its SHA-256 taken on the way.

use iae_domain::documents::{DocumentKind, Limits};
use sha2::{Digest as _, Sha256};
use tokio::fs::File;
use tokio::io::AsyncWriteExt as _;

use crate::error::{Error, Result};

/// A file being received.
#[derive(Debug)]
pub struct Receiving {
    file: File,
    hash: Sha256,
    size: u64,
    max_bytes: u64,
    is_declared_so: bool,
}

/// A file received whole; or, when it is too large, its size and what its kind allows of it.
#[derive(Debug)]
pub struct ReceivedFile {
    pub(super) file: File,
    /// The SHA-256 of what is kept of it.
    pub sha256: Vec<u8>,
    /// Its size.
    pub size: u64,
    /// It is declared to be what its kind is made of, or nothing.
    pub(super) is_declared_so: bool,
}

impl Receiving {
    /// Begins to receive a file of this kind, declared to be of this type.
    pub fn new(kind: DocumentKind, content_type: &str) -> Result<Self> {
        let file = tempfile::tempfile().map_err(failed)?;
        let Limits { max_bytes, format, at_most: _ } = kind.limits();
        let is_declared_so = format.may_be_declared(content_type);
        Ok(Self { file: File::from_std(file), hash: Sha256::new(), size: 0, max_bytes, is_declared_so })
    }

    /// The next bytes. What is too much is counted and dropped: the rest of the form still comes after it.
    pub async fn write(&mut self, bytes: &[u8]) -> Result<()> {
        self.size += bytes.len() as u64;
        if self.size > self.max_bytes {
            return Ok(());
        }
        self.hash.update(bytes);
        self.file.write_all(bytes).await.map_err(failed)
    }

    /// The end of it.
    pub async fn finish(mut self) -> Result<ReceivedFile> {
        self.file.flush().await.map_err(failed)?;
        let Self { file, hash, size, is_declared_so, max_bytes: _ } = self;
        Ok(ReceivedFile { file, sha256: hash.finalize().to_vec(), size, is_declared_so })
    }
}

fn failed(error: std::io::Error) -> Error {
    Error::internal("temporary file", error)
}
