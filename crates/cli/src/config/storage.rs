//! Where files are kept.

use std::path::Path;

use iae_app::gateways::files::Files;
use url::Url;

use super::{ConfigError, invalid, required};

const EXPECTED: &str = "file:///dossier ou s3://seau";

/// The store of files.
#[derive(Debug)]
pub struct StorageConfig {
    url: Url,
}

impl StorageConfig {
    /// Reads `IAE_FILES_URL`. For a bucket, its region, endpoint and keys are read from the usual `AWS_*` variables.
    pub fn from_env() -> Result<Self, ConfigError> {
        let url: Option<Url> = required("IAE_FILES_URL")?.parse().ok();
        let url = url.filter(|url| matches!(url.scheme(), "file" | "s3"));
        url.map(|url| Self { url }).ok_or_else(|| invalid("IAE_FILES_URL", EXPECTED))
    }

    /// The store itself.
    pub fn open(&self) -> Result<Files, iae_app::Error> {
        match self.url.scheme() {
            "s3" => Files::s3(self.url.host_str().unwrap_or_default()),
            _ => Files::local(Path::new(self.url.path())),
        }
    }
}
