//! The log: text for a person at a terminal, JSON for a machine. What it may hold is told in `docs/logging.md`.

use std::io::{IsTerminal as _, stderr};

use tracing::level_filters::LevelFilter;
use tracing_subscriber::EnvFilter;

/// Starts the log on the standard error. `RUST_LOG` has the last word on its level.
pub fn start(level: LevelFilter) {
    let filter = EnvFilter::builder().with_default_directive(level.into()).from_env_lossy();
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(stderr);
    if stderr().is_terminal() {
        log.init();
    } else {
        log.json().flatten_event(true).with_span_list(false).init();
    }
}
