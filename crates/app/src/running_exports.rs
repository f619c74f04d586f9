//! One file at a time for each account: whoever takes theirs slowly, or asks for several, leaves the connections of exports
//! to the others. Each instance counts for itself, as it has its own connections.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use iae_domain::ids::UserId;

/// The accounts whose files are being read.
#[derive(Debug, Clone, Default)]
pub struct RunningExports(Arc<Mutex<HashSet<UserId>>>);

/// An export that runs, until it is dropped.
#[derive(Debug)]
pub(crate) struct Running {
    running: RunningExports,
    user: UserId,
}

impl RunningExports {
    /// Begins one; none when another runs.
    pub(crate) fn begin(&self, user: UserId) -> Option<Running> {
        let begun = self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(user);
        begun.then(|| Running { running: self.clone(), user })
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.running.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.user);
    }
}
