//! Where files are kept: a folder of this machine or an object store speaking S3. Always under random keys.

use std::fmt;
use std::future::ready;
use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;
use chrono::{DateTime, Utc};
use futures_util::stream::{BoxStream, Stream, StreamExt as _, TryStreamExt as _};
use object_store::aws::AmazonS3Builder;
use object_store::buffered::BufWriter;
use object_store::local::LocalFileSystem;
use object_store::path::Path as Key;
use object_store::{ObjectStore, ObjectStoreExt as _};
use tokio::fs::File;
use tokio::io::{AsyncWriteExt as _, BufReader};
use tokio::sync::Semaphore;

use crate::error::{Error, Result};

/// What a folder takes at once.
const FOLDER_PART: usize = 64 * 1024;
/// What S3 takes at once: its parts are of 5 MiB at least, but for the last.
const BUCKET_PART: usize = 5 * 1024 * 1024;
/// Files on their way to the store at once: with [`BUCKET_PART`], what they may take of memory.
const PUTS_AT_ONCE: usize = 8;

/// A store of files.
#[derive(Debug, Clone)]
pub struct Files {
    store: Arc<dyn ObjectStore>,
    part: usize,
    puts: Arc<Semaphore>,
}

/// The content of a file, as it comes.
pub struct Content {
    /// How many bytes.
    pub size: u64,
    /// These bytes.
    pub chunks: BoxStream<'static, Result<Bytes>>,
}

impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Content").field("size", &self.size).finish_non_exhaustive()
    }
}

impl Files {
    /// Files under `folder`, created when missing.
    pub fn local(folder: &Path) -> Result<Self> {
        std::fs::create_dir_all(folder).map_err(failed)?;
        let store = LocalFileSystem::new_with_prefix(folder).map_err(failed)?;
        Ok(Self::new(Arc::new(store), FOLDER_PART))
    }

    /// Files in a bucket. Its region, endpoint and keys are those of the usual `AWS_*` variables.
    pub fn s3(bucket: &str) -> Result<Self> {
        let builder = AmazonS3Builder::from_env().with_bucket_name(bucket);
        Ok(Self::new(Arc::new(builder.build().map_err(failed)?), BUCKET_PART))
    }

    fn new(store: Arc<dyn ObjectStore>, part: usize) -> Self {
        Self { store, part, puts: Arc::new(Semaphore::new(PUTS_AT_ONCE)) }
    }

    /// Keeps a file under `key`, part by part: it is there whole, or not at all.
    pub async fn put(&self, key: &str, content: File) -> Result<()> {
        let _turn = self.puts.acquire().await.map_err(failed)?;
        let mut content = BufReader::with_capacity(FOLDER_PART, content);
        let writer = BufWriter::with_capacity(Arc::clone(&self.store), Key::from(key), self.part);
        let mut writer = writer.with_max_concurrency(1);
        if let Err(error) = tokio::io::copy_buf(&mut content, &mut writer).await {
            writer.abort().await.map_err(failed)?;
            return Err(failed(error));
        }
        writer.shutdown().await.map_err(failed)
    }

    /// The content kept under `key`; not found when the store lost it.
    pub async fn get(&self, key: &str) -> Result<Content> {
        let found = match self.store.get(&Key::from(key)).await {
            Err(object_store::Error::NotFound { .. }) => return Err(Error::NotFound),
            other => other.map_err(failed)?,
        };
        Ok(Content { size: found.meta.size, chunks: found.into_stream().map_err(failed).boxed() })
    }

    /// Forgets what is kept under `key`; nothing kept is fine.
    pub async fn delete(&self, key: &str) -> Result<()> {
        match self.store.delete(&Key::from(key)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(failed(error)),
        }
    }

    /// Keys of what was kept in `folder` before this moment. What else the store holds is not ours.
    pub fn older_than(&self, folder: &str, moment: DateTime<Utc>) -> impl Stream<Item = Result<String>> {
        let found = self.store.list(Some(&Key::from(folder))).map_err(failed);
        let old = found.try_filter(move |file| ready(file.last_modified < moment));
        old.map_ok(|file| file.location.to_string())
    }
}

fn failed(error: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::internal("file store", error)
}
