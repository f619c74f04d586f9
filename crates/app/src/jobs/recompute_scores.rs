//! Recomputes the score that orders companies in the search (CMP-38).

use graphile_worker::{IntoTaskHandlerResult, TaskHandler, WorkerContext};
use serde::{Deserialize, Serialize};

use super::worker::app_of;
use crate::directory::store;

/// The task: every company, a batch at a time.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RecomputeScores {}

impl TaskHandler for RecomputeScores {
    const IDENTIFIER: &'static str = "recompute_scores";

    async fn run(self, ctx: WorkerContext) -> impl IntoTaskHandlerResult {
        let app = app_of(&ctx)?;
        let companies = store::recompute_scores(&app.db, app.clock.now()).await.map_err(|e| e.to_string())?;
        tracing::info!(companies, "application scores recomputed");
        Ok::<(), String>(())
    }
}
