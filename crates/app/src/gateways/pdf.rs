//! Whether a file is a PDF that opens. Whoever sends one in may have made it to exhaust or to break what reads it, and a
//! stack or a memory exhausted ends a process, not a request: the file is read by a process of its own, with nothing of our
//! environment, within limits of memory and time that the system enforces (ADR 20).

mod inspect;

use std::io::SeekFrom;
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;

use iae_domain::documents::DocumentRefused;
use tokio::fs::File;
use tokio::io::AsyncSeekExt as _;
use tokio::process::Command;
use tokio::sync::Semaphore;

use crate::error::{Error, Result};

pub use inspect::{inspect, inspect_input};

/// The argument that makes the program read a PDF on its standard input and say in its exit code what it is.
pub const COMMAND: &str = "inspect-pdf";
/// All that its environment holds. The allocator of the program takes a gigabyte for itself as it starts, unless it is told to take
/// what it needs: the limit of memory that comes after would have nothing left to bound (ADR 46).
pub const ALLOCATION: (&str, &str) = ("MIMALLOC_ARENA_EAGER_COMMIT", "0");
/// How long one may take, waiting for a processor included.
const TIME_LIMIT: Duration = Duration::from_secs(10);
/// PDFs read at once, the others waiting for their turn: with the memory each may take, what they may take together.
const AT_ONCE: usize = 4;

/// What starts a process for each PDF.
#[derive(Debug, Clone)]
pub struct PdfReader {
    program: PathBuf,
    turns: Arc<Semaphore>,
}

impl PdfReader {
    /// Reads PDFs with this program, which answers [`COMMAND`] by [`inspect_input`].
    pub fn new(program: PathBuf) -> Self {
        Self { program, turns: Arc::new(Semaphore::new(AT_ONCE)) }
    }

    /// Gives the file back, at its beginning, when it is a PDF that opens without a password.
    pub(crate) async fn check(&self, file: File) -> Result<Result<File, DocumentRefused>> {
        let _turn = self.turns.acquire().await.map_err(failed)?;
        let mut file = from_start(file).await?;
        let input = file.try_clone().await.map_err(failed)?.into_std().await;
        let mut child = Command::new(&self.program)
            .arg(COMMAND)
            .env_clear()
            .env(ALLOCATION.0, ALLOCATION.1)
            .stdin(Stdio::from(input))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .map_err(failed)?;
        // Given up when it takes too long: dropped, it is killed. What a file takes of the processor is bounded sooner, and is
        // the file's: past this, it is the machine that is busy.
        let ended = tokio::time::timeout(TIME_LIMIT, child.wait()).await;
        let code = ended.map_err(|late| Error::Unavailable(late.into()))?.map_err(failed)?.code();
        file = from_start(file).await?;
        Ok(if code == Some(0) { Ok(file) } else { Err(refusal(code)) })
    }
}

/// What the process found; a process that died, or was killed for what it took, found a file that cannot be read.
fn refusal(code: Option<i32>) -> DocumentRefused {
    let found = inspect::FINDINGS.iter().find(|(finding, _)| Some(*finding) == code);
    found.map_or(DocumentRefused::Unreadable, |(_, refused)| *refused)
}

async fn from_start(mut file: File) -> Result<File> {
    file.seek(SeekFrom::Start(0)).await.map_err(failed)?;
    Ok(file)
}

fn failed(error: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::internal("reading a PDF", error)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a program says that ends at once, without looking at what it is given.
    async fn said_by(program: &str) -> Result<Option<DocumentRefused>> {
        let file = File::from_std(tempfile::tempfile().unwrap());
        Ok(PdfReader::new(PathBuf::from(program)).check(file).await?.err())
    }

    #[tokio::test]
    async fn a_process_that_says_nothing_found_a_file_that_cannot_be_read() {
        assert_eq!(said_by("/bin/true").await.unwrap(), None);
        assert_eq!(said_by("/bin/false").await.unwrap(), Some(DocumentRefused::Unreadable));
    }

    /// A machine that is busy is no fault of the file: to be tried again.
    #[tokio::test]
    async fn a_process_that_does_not_end_found_nothing() {
        let late = said_by("/usr/bin/yes").await.unwrap_err();
        assert!(matches!(late, Error::Unavailable(_)), "{late:?}");
    }
}
