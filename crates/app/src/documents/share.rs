//! One content, several documents: a CV that goes to several employers, or that is proposed again for the next one.

use iae_domain::documents::{self, About, NewDocument, Owner};
use iae_domain::ids::DocumentId;

use super::store;
use crate::Work;
use crate::error::{Error, Result};

/// Gives an owner documents of its own with the content of those of another, about the same person. Nothing is read nor
/// written in the file store.
pub(crate) async fn copy_all(
    work: &mut Work<'_>,
    from: Owner,
    (owner, about): (Owner, impl Into<About>),
) -> Result<()> {
    let about = about.into();
    for content in store::contents(work, from).await? {
        let document = NewDocument {
            id: DocumentId::at(work.now()),
            owner,
            about,
            kind: content.kind,
            storage_key: content.storage_key,
            sha256: content.sha256,
            size_bytes: u64::try_from(content.size_bytes)
                .map_err(|error| Error::internal("file size", error))?,
            stored_at: work.now(),
        };
        store::insert(work, documents::store(document)).await?;
    }
    Ok(())
}
