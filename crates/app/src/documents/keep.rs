//! What was received is checked, then kept in the store: before its row, and outside any transaction.

use iae_domain::documents::{DocumentKind, DocumentRefused, Format, check_sizes};
use tokio::fs::File;
use uuid::Uuid;

use super::ReceivedFile;
use crate::error::{Error, Result};
use crate::{App, Failure};

/// Files in the store, not recorded yet. A process killed at this point leaves content without a row, which the purge
/// finds; there is never a row without its content.
#[derive(Debug)]
#[must_use = "content nobody records is forgotten by `settle`"]
pub struct Kept {
    pub(super) files: Vec<KeptFile>,
}

#[derive(Debug)]
pub(super) struct KeptFile {
    pub key: String,
    pub sha256: Vec<u8>,
    pub size: u64,
}

/// Checks all these files, then keeps them all. The request rests meanwhile: neither takes a connection.
pub async fn keep(
    app: &App,
    kind: DocumentKind,
    received: Vec<ReceivedFile>,
) -> Result<Kept, Failure<DocumentRefused>> {
    let checked = checked(app, kind, received).await?;
    let mut kept = Kept { files: Vec::with_capacity(checked.len()) };
    for (content, file) in checked {
        if let Err(error) = app.files.put(&file.key, content).await {
            kept.forget(app).await;
            return Err(error.into());
        }
        kept.files.push(file);
    }
    Ok(kept)
}

/// Says whether these files would be kept, and keeps none: for a form that has other mistakes, so that it says them all at once.
pub async fn check(
    app: &App,
    kind: DocumentKind,
    received: Vec<ReceivedFile>,
) -> Result<(), Failure<DocumentRefused>> {
    checked(app, kind, received).await?;
    Ok(())
}

/// The content of these files, each with the place it would be kept at.
async fn checked(
    app: &App,
    kind: DocumentKind,
    received: Vec<ReceivedFile>,
) -> Result<Vec<(File, KeptFile)>, Failure<DocumentRefused>> {
    check_sizes(kind, &received.iter().map(|file| file.size).collect::<Vec<_>>())?;
    app.db.rest();
    let mut checked = Vec::with_capacity(received.len());
    for ReceivedFile { file, sha256, size, is_declared_so } in received {
        if !is_declared_so {
            return Err(Failure::Refused(DocumentRefused::NotPdf));
        }
        let key = storage_key(kind);
        checked.push((check_content(app, kind, file).await?, KeptFile { key, sha256, size }));
    }
    Ok(checked)
}

impl Kept {
    /// Ends what [`keep`] began with what came of recording the files: when they were not, their content is forgotten.
    /// While the database does not answer, nobody knows whether they were: that is left to the purge.
    pub async fn settle<T>(self, app: &App, recorded: Result<T>) -> Result<T> {
        if recorded.as_ref().is_err_and(|error| !matches!(error, Error::Unavailable(_))) {
            self.forget(app).await;
        }
        recorded
    }

    /// The same of files that the rules may refuse to be given now: their content is forgotten too, and the refusal goes on.
    pub async fn settle_ruled<T, R>(
        self,
        app: &App,
        recorded: Result<T, Failure<R>>,
    ) -> Result<T, Failure<R>> {
        match recorded {
            Ok(recorded) => Ok(recorded),
            Err(Failure::Refused(refused)) => {
                self.forget(app).await;
                Err(Failure::Refused(refused))
            }
            Err(Failure::App(error)) => Ok(self.settle(app, Err(error)).await?),
        }
    }

    /// What cannot be forgotten now is found by the purge.
    async fn forget(&self, app: &App) {
        for file in &self.files {
            if let Err(error) = app.files.delete(&file.key).await {
                tracing::warn!(%error, "a file nobody refers to stays until the purge");
            }
        }
    }
}

async fn check_content(app: &App, kind: DocumentKind, file: File) -> Result<File, Failure<DocumentRefused>> {
    let file = match kind.limits().format {
        Format::Pdf => app.pdf.check(file).await??,
    };
    Ok(app.antivirus.check(file).await??)
}

/// A key that says neither whose file it is nor when it came.
#[expect(clippy::disallowed_methods, reason = "the key of a file is random, not an id")]
fn storage_key(kind: DocumentKind) -> String {
    format!("{}/{}", kind.code(), Uuid::new_v4().simple())
}
