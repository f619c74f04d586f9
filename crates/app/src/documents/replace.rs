//! The documents of an owner change, in the transaction that locked the owner.

use iae_domain::documents::{self, About, DocumentKind, NewDocument, Owner};
use iae_domain::ids::DocumentId;

use super::keep::{Kept, KeptFile};
use super::store;
use crate::Work;
use crate::error::Result;

/// Puts files, or none, in the place of those of this kind the owner has.
pub(crate) async fn replace(
    work: &mut Work<'_>,
    (owner, about): (Owner, impl Into<About>),
    kind: DocumentKind,
    kept: Option<&Kept>,
) -> Result<()> {
    let about = about.into();
    delete(work, owner, Some(kind)).await?;
    for KeptFile { key, sha256, size } in kept.into_iter().flat_map(|kept| &kept.files) {
        let document = NewDocument {
            id: DocumentId::at(work.now()),
            owner,
            about,
            kind,
            storage_key: key.clone(),
            sha256: sha256.clone(),
            size_bytes: *size,
            stored_at: work.now(),
        };
        store::insert(work, documents::store(document)).await?;
    }
    Ok(())
}

/// Deletes every document of an owner that goes, or that is about someone else from now on.
pub(crate) async fn delete_all(work: &mut Work<'_>, owner: Owner) -> Result<()> {
    delete(work, owner, None).await
}

async fn delete(work: &mut Work<'_>, owner: Owner, kind: Option<DocumentKind>) -> Result<()> {
    for former in store::of(work, owner, kind).await? {
        store::delete(work, documents::delete(former.about(owner)?, former.id)).await?;
    }
    Ok(())
}
