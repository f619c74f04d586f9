//! Where files are kept: a folder of this machine or an object store speaking S3. Always under random keys.

use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;
use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::local::LocalFileSystem;
use object_store::path::Path as Key;
use object_store::{ObjectStore, ObjectStoreExt as _, PutPayload};

use crate::error::{Error, Result};

/// A store of files.
#[derive(Debug, Clone)]
pub enum Files {
    /// A folder.
    Local(Arc<LocalFileSystem>),
    /// An S3 bucket.
    S3(Arc<AmazonS3>),
}

impl Files {
    /// Files under `folder`, created when missing.
    pub fn local(folder: &Path) -> Result<Self> {
        std::fs::create_dir_all(folder).map_err(failed)?;
        Ok(Self::Local(Arc::new(LocalFileSystem::new_with_prefix(folder).map_err(failed)?)))
    }

    /// Files in a bucket. Its region, endpoint and keys are those of the usual `AWS_*` variables.
    pub fn s3(bucket: &str) -> Result<Self> {
        let builder = AmazonS3Builder::from_env().with_bucket_name(bucket);
        Ok(Self::S3(Arc::new(builder.build().map_err(failed)?)))
    }

    fn store(&self) -> &dyn ObjectStore {
        match self {
            Self::Local(store) => store.as_ref(),
            Self::S3(store) => store.as_ref(),
        }
    }

    /// Keeps `content` under `key`.
    pub async fn put(&self, key: &str, content: Bytes) -> Result<()> {
        self.store().put(&Key::from(key), PutPayload::from(content)).await.map_err(failed)?;
        Ok(())
    }

    /// The content kept under `key`; not found when the store lost it.
    pub async fn get(&self, key: &str) -> Result<Bytes> {
        let found = match self.store().get(&Key::from(key)).await {
            Err(object_store::Error::NotFound { .. }) => return Err(Error::NotFound),
            other => other.map_err(failed)?,
        };
        found.bytes().await.map_err(failed)
    }

    /// Forgets what is kept under `key`; nothing kept is fine.
    pub async fn delete(&self, key: &str) -> Result<()> {
        match self.store().delete(&Key::from(key)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(failed(error)),
        }
    }
}

fn failed(error: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::internal("file store", error)
}
