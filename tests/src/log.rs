//! What the program writes in its log, for a test to read.

use std::sync::Arc;

use tempfile::NamedTempFile;
use tracing::subscriber::DefaultGuard;

/// What is logged from now on, as long as it is held.
pub struct Log {
    written: NamedTempFile,
    _listening: DefaultGuard,
}

impl Log {
    /// Listens to what this thread logs, with the spans it is logged in.
    pub fn listen() -> Self {
        let written = NamedTempFile::new().unwrap();
        let file = Arc::new(written.reopen().unwrap());
        let log = tracing_subscriber::fmt().with_ansi(false).with_writer(file).finish();
        Self { written, _listening: tracing::subscriber::set_default(log) }
    }

    /// The lines that hold these words.
    pub fn lines_with(&self, words: &str) -> Vec<String> {
        let written = std::fs::read_to_string(self.written.path()).unwrap();
        written.lines().filter(|line| line.contains(words)).map(str::to_owned).collect()
    }
}
