//! Where files are kept.

use std::path::PathBuf;

use iae_app::gateways::files::Files;
use url::Url;

use super::{ConfigError, invalid, required};

/// The store of files.
#[derive(Debug)]
pub enum StorageConfig {
    /// A folder of this machine.
    Folder(PathBuf),
    /// A bucket of an object store.
    Bucket(String),
}

impl StorageConfig {
    /// Reads `IAE_FILES_URL`. For a bucket, its region, endpoint and keys are read from the usual `AWS_*` variables.
    pub fn from_env() -> Result<Self, ConfigError> {
        let refused = || invalid("IAE_FILES_URL", "file:///dossier ou s3://seau");
        let url: Url = required("IAE_FILES_URL")?.parse().map_err(|_| refused())?;
        match (url.scheme(), url.host_str()) {
            ("file", None) => Ok(Self::Folder(PathBuf::from(url.path()))),
            // A folder in the bucket would be ignored: better to be told.
            ("s3", Some(bucket)) if matches!(url.path(), "" | "/") => Ok(Self::Bucket(bucket.to_owned())),
            _ => Err(refused()),
        }
    }

    /// The store itself.
    pub fn open(&self) -> Result<Files, iae_app::Error> {
        match self {
            Self::Folder(path) => Files::local(path),
            Self::Bucket(bucket) => Files::s3(bucket),
        }
    }
}
