//! Content no document has: what a process killed between the store and the database left behind.

use chrono::{DateTime, TimeDelta, Utc};
use futures_util::TryStreamExt as _;
use iae_domain::documents::DocumentKind;

use super::store;
use crate::App;
use crate::error::Result;

/// Content younger than this may still be waiting for its row.
const WAITS_FOR_ITS_ROW: TimeDelta = TimeDelta::days(1);
/// Keys asked of the database at once.
const BATCH: usize = 1000;

/// Deletes it, in the folders of documents; answers how many files went.
pub(crate) async fn purge(app: &App, now: DateTime<Utc>) -> Result<usize> {
    let mut deleted = 0;
    for kind in DocumentKind::ALL {
        deleted += purge_kind(app, *kind, now).await?;
    }
    Ok(deleted)
}

/// Whether no document has this content.
pub(crate) async fn is_unknown(app: &App, key: &str) -> Result<bool> {
    Ok(!store::unknown(&app.db, &[key.to_owned()]).await?.is_empty())
}

async fn purge_kind(app: &App, kind: DocumentKind, now: DateTime<Utc>) -> Result<usize> {
    let old = app.files.older_than(kind.code(), now - WAITS_FOR_ITS_ROW);
    let mut batches = std::pin::pin!(old.try_chunks(BATCH));
    let mut deleted = 0;
    while let Some(keys) = batches.try_next().await.map_err(|error| error.1)? {
        for key in store::unknown(&app.db, &keys).await? {
            app.files.delete(&key).await?;
            deleted += 1;
        }
    }
    Ok(deleted)
}
