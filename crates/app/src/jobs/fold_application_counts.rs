//! Folds what changed of the applications into the counts of their organisations (ADR 43).

use graphile_worker::{IntoTaskHandlerResult, TaskHandler, WorkerContext};
use serde::{Deserialize, Serialize};

use super::worker::app_of;
use crate::applications::counts;

/// The task.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct FoldApplicationCounts {}

impl TaskHandler for FoldApplicationCounts {
    const IDENTIFIER: &'static str = "fold_application_counts";

    async fn run(self, ctx: WorkerContext) -> impl IntoTaskHandlerResult {
        let app = app_of(&ctx)?;
        counts::fold(&app.db).await.map_err(|e| e.to_string())?;
        Ok::<(), String>(())
    }
}
