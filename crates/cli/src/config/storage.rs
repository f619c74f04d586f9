//! Where files are kept, and what looks for viruses in them.

use std::path::PathBuf;

use iae_app::gateways::antivirus::Antivirus;
use iae_app::gateways::files::Files;
use url::Url;

use super::{ConfigError, invalid, required, variable};

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

/// Reads `IAE_ANTIVIRUS_URL`: none, or where clamd listens.
pub fn antivirus_from_env() -> Result<Antivirus, ConfigError> {
    let refused = || invalid("IAE_ANTIVIRUS_URL", "tcp://hôte:3310 ou unix:///chemin/clamd.ctl");
    let Some(url) = variable("IAE_ANTIVIRUS_URL") else { return Ok(Antivirus::Off) };
    let url: Url = url.parse().map_err(|_| refused())?;
    match (url.scheme(), url.host_str(), url.port()) {
        ("tcp", Some(host), Some(port)) => Ok(Antivirus::Tcp(format!("{host}:{port}"))),
        ("unix", None | Some(""), None) => Ok(Antivirus::Socket(PathBuf::from(url.path()))),
        _ => Err(refused()),
    }
}
