//! Derives by night what nothing triggers, the usual time to answer, and again what changes trigger (ADR 15).

use graphile_worker::{IntoTaskHandlerResult, TaskHandler, WorkerContext};
use serde::{Deserialize, Serialize};

use super::worker::app_of;
use crate::directory::store;

/// The task: every company, a batch at a time.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DeriveDirectory {}

impl TaskHandler for DeriveDirectory {
    const IDENTIFIER: &'static str = "derive_directory";

    async fn run(self, ctx: WorkerContext) -> impl IntoTaskHandlerResult {
        let app = app_of(&ctx)?;
        let answers =
            store::recompute_usual_answers(&app.db, app.clock.now()).await.map_err(|e| e.to_string())?;
        let mended = store::derive_again(&app.db).await.map_err(|e| e.to_string())?;
        tracing::info!(answers, mended, "usual times to answer recomputed, directory derived again");
        Ok::<(), String>(())
    }
}
