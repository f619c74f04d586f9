//! The pages of a PDF as pictures, drawn by poppler: what an SIAE gave is looked at beside the criterion it proves, and no browser opens
//! the file. Whoever sent it may have made it to break what reads it: as in [`super::pdf`], each page is drawn by a process of its
//! own, without environment, within limits of memory and time that the system enforces (ADR 20). `prlimit` sets them, then becomes
//! the program. Where poppler is not installed nothing is drawn, and the file is still there to be downloaded.

use std::io::SeekFrom;
use std::process::Stdio;
use std::time::Duration;

use futures_util::TryStreamExt as _;
use tokio::fs::File;
use tokio::io::{AsyncReadExt as _, AsyncSeekExt as _, AsyncWriteExt as _};
use tokio::process::Command;
use tokio::sync::Semaphore;

use super::files::Content;
use crate::error::{Error, Result};

/// Most pages of one file that are drawn: what proves a criterion has a few.
pub const PAGES_MAX: u32 = 20;

/// What the system refuses to each process: memory of its own beyond what a page scanned finely takes, processor beyond some
/// seconds, files and core dumps written.
const LIMITS: [&str; 4] = ["--data=536870912", "--cpu=8", "--fsize=0", "--core=0"];
/// How long one may take.
const TIME_LIMIT: Duration = Duration::from_secs(10);
/// The same to count pages, which a page of ours waits for.
const COUNT_TIME_LIMIT: Duration = Duration::from_secs(3);
/// Longest side of a picture, in pixels: 110 an inch on A4, and no more however large a page says that it is.
const LONGEST_SIDE: &str = "1300";
/// Largest picture that is taken.
const PICTURE_MAX: u64 = 8 * 1024 * 1024;
/// Most that is read of what a PDF says of itself.
const SAYS_MAX: u64 = 64 * 1024;
/// Processes at once, whoever they draw for: with the memory each may take, what they may take together.
const AT_ONCE: usize = 3;

static TURNS: Semaphore = Semaphore::const_new(AT_ONCE);

/// A page of a PDF as a PNG, from 1; none when it has no such page, or poppler cannot draw it within reason.
pub(crate) async fn draw(content: Content, page: u32) -> Result<Option<Vec<u8>>> {
    let page = page.to_string();
    let arguments = ["-png", "-singlefile", "-scale-to", LONGEST_SIDE, "-f", &page, "-l", &page, "-", "-"];
    run("pdftocairo", &arguments, content, PICTURE_MAX, TIME_LIMIT).await
}

/// How many pages of a PDF are drawn; none when poppler cannot tell, or not now: the page that asks does without pictures.
pub(crate) async fn count_pages(content: Content) -> Result<Option<u32>> {
    let said = match run("pdfinfo", &["-"], content, SAYS_MAX, COUNT_TIME_LIMIT).await {
        Err(Error::Unavailable(_)) => None,
        said => said?,
    };
    Ok(said.and_then(|said| pages(&String::from_utf8_lossy(&said))).map(|pages| pages.min(PAGES_MAX)))
}

fn pages(said: &str) -> Option<u32> {
    let count = said.lines().find_map(|line| line.strip_prefix("Pages:"))?;
    count.trim().parse().ok().filter(|count| *count > 0)
}

/// What a program writes of a PDF that it reads on its standard input; none when it fails, or writes too much.
async fn run(
    program: &str,
    arguments: &[&str],
    content: Content,
    most: u64,
    limit: Duration,
) -> Result<Option<Vec<u8>>> {
    // Whoever waits for a turn holds no file meanwhile, and does not wait for long.
    let turn = tokio::time::timeout(limit, TURNS.acquire()).await;
    let _turn = turn.map_err(|late| Error::Unavailable(late.into()))?.map_err(failed)?;
    let input = received(content).await?;
    let started = Command::new("prlimit")
        .args(LIMITS)
        .arg(program)
        .args(arguments)
        .env_clear()
        .stdin(Stdio::from(input))
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn();
    let mut child = match started {
        Ok(child) => child,
        Err(error) => {
            tracing::warn!(%error, "prlimit does not start: no page of a PDF is drawn");
            return Ok(None);
        }
    };
    let ended = tokio::time::timeout(limit, async {
        let mut written = Vec::new();
        if let Some(output) = child.stdout.take() {
            output.take(most + 1).read_to_end(&mut written).await?;
        }
        child.wait().await.map(|status| (status, written))
    });
    // Given up when it takes too long: dropped, it is killed. A file is stopped sooner, by its share of the processor: past
    // this, it is the machine that is busy.
    let (status, written) = ended.await.map_err(|late| Error::Unavailable(late.into()))?.map_err(failed)?;
    if status.code() == Some(NOT_FOUND) {
        tracing::warn!(program, "poppler is not installed: no page of a PDF is drawn");
    }
    let is_whole = status.success() && !written.is_empty() && written.len() as u64 <= most;
    Ok(is_whole.then_some(written))
}

/// What `prlimit` ends with when there is no such program.
const NOT_FOUND: i32 = 127;

/// The content in a file without a name, at its beginning: poppler goes back and forth in it.
async fn received(content: Content) -> Result<std::fs::File> {
    let mut file = File::from_std(tempfile::tempfile().map_err(failed)?);
    let mut chunks = content.chunks;
    while let Some(chunk) = chunks.try_next().await? {
        file.write_all(&chunk).await.map_err(failed)?;
    }
    file.flush().await.map_err(failed)?;
    file.seek(SeekFrom::Start(0)).await.map_err(failed)?;
    Ok(file.into_std().await)
}

fn failed(error: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::internal("drawing a PDF", error)
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use futures_util::StreamExt as _;
    use futures_util::stream;

    use super::*;

    /// What a program writes of a file of five letters, when a hundred at the most are taken.
    async fn written_by(program: &str, limit: Duration) -> Result<Option<Vec<u8>>> {
        let chunks = stream::iter([Ok(Bytes::from_static(b"%PDF")), Ok(Bytes::from_static(b"-"))]).boxed();
        run(program, &[], Content { size: 5, chunks }, 100, limit).await
    }

    #[tokio::test]
    async fn a_program_that_fails_or_writes_too_much_draws_nothing() {
        assert_eq!(written_by("cat", TIME_LIMIT).await.unwrap(), Some(b"%PDF-".to_vec()));
        for program in ["false", "true", "yes", "no-such-program"] {
            assert_eq!(written_by(program, TIME_LIMIT).await.unwrap(), None, "{program}");
        }
    }

    /// A machine that is busy is no fault of the file: to be tried again.
    #[tokio::test]
    async fn a_program_that_does_not_end_is_given_up() {
        let content = Content { size: 0, chunks: stream::empty().boxed() };
        let late = run("sleep", &["60"], content, 100, Duration::from_millis(200)).await.unwrap_err();
        assert!(matches!(late, Error::Unavailable(_)), "{late:?}");
    }

    #[test]
    fn pages_are_counted_as_poppler_says_them() {
        for (said, expected) in [
            ("Title:  Attestation\nPages:           3\nEncrypted: no\n", Some(3)),
            ("Pages: 0\n", None),
            ("Pages: beaucoup\n", None),
            ("", None),
        ] {
            assert_eq!(pages(said), expected, "{said}");
        }
    }
}
