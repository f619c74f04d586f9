//! What runs, to be waited for.

use std::sync::Arc;

use tokio::sync::watch;

/// Counts what runs. Clones count together.
#[derive(Debug, Clone)]
pub(crate) struct Running(Arc<watch::Sender<()>>);

/// Something that runs, until it is dropped.
#[derive(Debug)]
pub(crate) struct Run(#[expect(dead_code, reason = "counted, never read")] watch::Receiver<()>);

impl Running {
    pub(crate) fn new() -> Self {
        Self(Arc::new(watch::channel(()).0))
    }

    pub(crate) fn begin(&self) -> Run {
        Run(self.0.subscribe())
    }

    pub(crate) fn count(&self) -> usize {
        self.0.receiver_count()
    }

    /// Waits until nothing runs.
    pub(crate) async fn ended(&self) {
        self.0.closed().await;
    }
}
