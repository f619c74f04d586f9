//! Deletes expired login attempts, every hour: anyone may begin one.

use graphile_worker::{IntoTaskHandlerResult, TaskHandler, WorkerContext};
use serde::{Deserialize, Serialize};

use super::queries;
use super::worker::app_of;

/// The task.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PurgeLogins {}

impl TaskHandler for PurgeLogins {
    const IDENTIFIER: &'static str = "purge_logins";

    async fn run(self, ctx: WorkerContext) -> impl IntoTaskHandlerResult {
        let app = app_of(&ctx)?;
        let rows = queries::purge_logins(&app.db, app.clock.now()).await.map_err(|e| e.to_string())?;
        tracing::info!(rows, "expired login attempts deleted");
        Ok::<(), String>(())
    }
}
