//! What pages show without asking for it: the announcements that are not over, kept in memory. `announcements::refresh` reads them again.

use std::sync::{Arc, PoisonError, RwLock};

use chrono::{DateTime, Utc};
use iae_domain::announcements::{Announcement, Reader, SHOWN_AT_ONCE, by_urgency};
use iae_domain::ids::AnnouncementEditionId;
use tokio::sync::{Mutex, MutexGuard};

/// The announcements that are not over, as they were last read. Copies are the same board.
#[derive(Debug, Clone, Default)]
pub struct Board(Arc<Posted>);

#[derive(Debug, Default)]
struct Posted {
    all: RwLock<Arc<Vec<Arc<Announcement>>>>,
    /// Held by whoever reads them: what was read last is what is kept.
    reading: Mutex<()>,
}

/// The turn of whoever reads them again.
#[derive(Debug)]
pub(crate) struct Turn<'a> {
    posted: &'a Posted,
    _alone: MutexGuard<'a, ()>,
}

impl Board {
    /// What a page shows to this reader, the most urgent first.
    pub fn shown_to(
        &self,
        reader: &Reader<'_>,
        dismissed: &[AnnouncementEditionId],
        now: DateTime<Utc>,
    ) -> Vec<Arc<Announcement>> {
        let all = Arc::clone(&self.0.all.read().unwrap_or_else(PoisonError::into_inner));
        let shown = all.iter().filter(|one| one.is_for(reader, dismissed, now));
        shown.take(SHOWN_AT_ONCE).cloned().collect()
    }

    /// Waits until nobody else reads them again: they are read within the turn.
    pub(crate) async fn turn(&self) -> Turn<'_> {
        Turn { posted: &self.0, _alone: self.0.reading.lock().await }
    }
}

impl Turn<'_> {
    /// Keeps what was read.
    pub(crate) fn post(self, mut all: Vec<Announcement>) {
        all.sort_by(by_urgency);
        let all = Arc::new(all.into_iter().map(Arc::new).collect());
        *self.posted.all.write().unwrap_or_else(PoisonError::into_inner) = all;
    }
}
