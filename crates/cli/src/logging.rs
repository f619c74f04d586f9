//! The log: text for a person at a terminal, JSON for a machine. What it may hold is told in `docs/logging.md`.

use std::io::{IsTerminal as _, stderr};

use tracing::level_filters::LevelFilter;
use tracing_subscriber::EnvFilter;

/// Starts the log on the standard error. `RUST_LOG` has the last word on its level.
pub fn start(level: LevelFilter) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| quiet(level));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(stderr);
    if stderr().is_terminal() {
        log.init();
    } else {
        log.json().flatten_event(true).with_span_list(false).init();
    }
}

/// Without two warnings that are no events: a browser came with a cookie of an ended session; a task was enqueued
/// through our transaction, where the queue knows its number but not its name.
fn quiet(level: LevelFilter) -> EnvFilter {
    EnvFilter::new(format!("{level},tower_sessions_core=error,graphile_worker_task_details=error"))
}
