//! Deletes what was controlled of SIAE with a positive result, sixty days after the end of their campaign (rule book 04 §1.20).

use graphile_worker::{IntoTaskHandlerResult, TaskHandler, WorkerContext};
use serde::{Deserialize, Serialize};

use super::worker::app_of;
use crate::Ctx;
use crate::control::controls::archive_all;

/// The task: each control in a transaction of its own. What is due stays due until it is done, and is done once.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ArchiveControls {}

impl TaskHandler for ArchiveControls {
    const IDENTIFIER: &'static str = "archive_controls";

    async fn run(self, ctx: WorkerContext) -> impl IntoTaskHandlerResult {
        let app = app_of(&ctx)?;
        let archived = archive_all(&app, &Ctx::system(app.clock.now())).await.map_err(|e| e.to_string())?;
        tracing::info!(archived, "controls archived");
        Ok::<(), String>(())
    }
}
