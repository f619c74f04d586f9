//! Content no document has: what a process killed between the store and the database left behind.

use chrono::{DateTime, TimeDelta, Utc};
use futures_util::TryStreamExt as _;

use super::store;
use crate::App;
use crate::error::Result;

/// Content younger than this may still be waiting for its row.
const WAITS_FOR_ITS_ROW: TimeDelta = TimeDelta::days(1);
/// Keys asked of the database at once.
const BATCH: usize = 1000;

/// Deletes it; answers how many files went.
pub(crate) async fn purge(app: &App, now: DateTime<Utc>) -> Result<usize> {
    let mut batches = std::pin::pin!(app.files.older_than(now - WAITS_FOR_ITS_ROW).try_chunks(BATCH));
    let mut deleted = 0;
    while let Some(keys) = batches.try_next().await.map_err(|error| error.1)? {
        for key in store::unknown(&app.db, &keys).await? {
            app.files.delete(&key).await?;
            deleted += 1;
        }
    }
    Ok(deleted)
}
