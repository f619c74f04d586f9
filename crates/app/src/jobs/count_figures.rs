//! Counts what the home page shows (ADR 42).

use graphile_worker::{IntoTaskHandlerResult, TaskHandler, WorkerContext};
use serde::{Deserialize, Serialize};

use super::worker::app_of;
use crate::directory::store;

/// The task. Counted the next time, when it fails: the page shows what was counted last.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CountFigures {}

impl TaskHandler for CountFigures {
    const IDENTIFIER: &'static str = "count_figures";

    async fn run(self, ctx: WorkerContext) -> impl IntoTaskHandlerResult {
        let app = app_of(&ctx)?;
        store::count_figures(&app.db, app.clock.now()).await.map_err(|e| e.to_string())
    }
}
