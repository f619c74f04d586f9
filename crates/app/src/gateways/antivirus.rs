//! What looks for viruses in the files people send (D19): ClamAV where the operator has one, over its own protocol; else
//! the type, size and structure of files are all that is checked.

use std::path::PathBuf;
use std::time::Duration;

use clamav_client::tokio::{Socket, Tcp, scan_stream};
use iae_domain::documents::DocumentRefused;
use tokio::fs::File;
use tokio::io::{AsyncSeekExt as _, SeekFrom};
use tokio_util::io::ReaderStream;

use crate::error::{Error, Result};

/// How long one file may take.
const TIME_LIMIT: Duration = Duration::from_secs(20);

/// Where files are looked into.
#[derive(Debug, Clone)]
pub enum Antivirus {
    /// Nowhere.
    Off,
    /// By clamd, at `host:port`.
    Tcp(String),
    /// By clamd, behind this socket.
    Socket(PathBuf),
}

impl Antivirus {
    /// Gives the file back, at its beginning, when nothing was found in it. An antivirus that does not answer keeps the
    /// file out: it may be sent again.
    pub(crate) async fn check(&self, mut file: File) -> Result<Result<File, DocumentRefused>> {
        let content = ReaderStream::new(&mut file);
        let answer = match self {
            Self::Off => return Ok(Ok(file)),
            Self::Tcp(host_address) => within(scan_stream(content, Tcp { host_address }, None)).await?,
            Self::Socket(socket_path) => within(scan_stream(content, Socket { socket_path }, None)).await?,
        };
        file.seek(SeekFrom::Start(0)).await.map_err(failed)?;
        let answer = String::from_utf8_lossy(&answer);
        match answer.trim_end_matches(['\0', '\n']) {
            "stream: OK" => Ok(Ok(file)),
            found if found.ends_with(" FOUND") => Ok(Err(DocumentRefused::Infected)),
            other => Err(Error::Unavailable(format!("clamd answers {other}").into())),
        }
    }
}

async fn within(scan: impl Future<Output = std::io::Result<Vec<u8>>>) -> Result<Vec<u8>> {
    tokio::time::timeout(TIME_LIMIT, scan).await.map_err(failed)?.map_err(failed)
}

fn failed(error: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::Unavailable(Box::new(error))
}
