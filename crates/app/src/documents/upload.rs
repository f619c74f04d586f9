//! A CV is attached to an application being written (SUB-61).

use bytes::Bytes;
use iae_domain::Actor;
use iae_domain::documents::{self, CvRefused, DocumentKind, NewDocument, check_cv};
use iae_domain::ids::DocumentId;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::store;
use crate::applications::drafts::{self, Tunnel};
use crate::error::{Error, Result};
use crate::{App, Ctx};

/// Why a file was not attached.
#[derive(Debug, thiserror::Error)]
pub enum UploadError {
    /// It cannot be kept as a CV.
    #[error(transparent)]
    Refused(#[from] CvRefused),
    /// Anything else.
    #[error(transparent)]
    App(#[from] Error),
}

impl From<sqlx::Error> for UploadError {
    fn from(error: sqlx::Error) -> Self {
        Self::App(error.into())
    }
}

/// Attaches a CV, in the place of the one there was. The content is kept first, under a random key, and forgotten when
/// its row cannot be written: there is never a row without its file.
pub async fn attach_cv(
    app: &App,
    ctx: &Ctx<Actor>,
    tunnel: &Tunnel,
    file_name: &str,
    content: Bytes,
) -> Result<(), UploadError> {
    check_cv(file_name, &content)?;
    let candidate = tunnel.draft.candidate.ok_or(Error::NotFound)?;
    let document = NewDocument {
        id: DocumentId::at(ctx.now),
        candidate,
        kind: DocumentKind::Cv,
        storage_key: storage_key(),
        sha256: Sha256::digest(&content).to_vec(),
        size_bytes: content.len(),
        stored_at: ctx.now,
    };
    let key = document.storage_key.clone();
    app.files.put(&key, content).await?;
    let replaced = replace(app, ctx, tunnel, Some(document)).await;
    if replaced.is_err() {
        app.files.delete(&key).await?;
    }
    Ok(replaced?)
}

/// Removes the CV of a draft.
pub async fn remove_cv(app: &App, ctx: &Ctx<Actor>, tunnel: &Tunnel) -> Result<()> {
    replace(app, ctx, tunnel, None).await
}

/// Puts a CV, or none, in the place of the one the draft has at that instant.
async fn replace(app: &App, ctx: &Ctx<Actor>, tunnel: &Tunnel, new: Option<NewDocument>) -> Result<()> {
    let candidate = tunnel.draft.candidate.ok_or(Error::NotFound)?;
    let mut work = app.begin(ctx).await?;
    let current = drafts::store::lock_unsent(&mut work, tunnel.draft.id).await?;
    current.is_still_about(Some(candidate))?;
    let id = new.as_ref().map(|document| document.id);
    if let Some(document) = new {
        store::insert(&mut work, documents::store(document)).await?;
    }
    drafts::store::set_cv(&mut work, current.id, id).await?;
    if let Some(former) = current.cv {
        store::delete(&mut work, documents::delete(candidate, former)).await?;
    }
    work.commit().await?;
    Ok(())
}

/// A key that says neither whose file it is nor when it came.
#[expect(clippy::disallowed_methods, reason = "the key of a file is random, not an id")]
fn storage_key() -> String {
    format!("cv/{}", Uuid::new_v4().simple())
}
