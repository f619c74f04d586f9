//! Closes the spontaneous applications that nobody renewed in time (CMP-36).

use graphile_worker::{IntoTaskHandlerResult, TaskHandler, WorkerContext};
use serde::{Deserialize, Serialize};

use super::worker::app_of;
use crate::Ctx;
use crate::organisations::openings::expire_all;

/// The task: each company in a transaction of its own.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ExpireOpenings {}

impl TaskHandler for ExpireOpenings {
    const IDENTIFIER: &'static str = "expire_openings";

    async fn run(self, ctx: WorkerContext) -> impl IntoTaskHandlerResult {
        let app = app_of(&ctx)?;
        let expired = expire_all(&app, &Ctx::system(app.clock.now())).await.map_err(|e| e.to_string())?;
        tracing::info!(expired, "spontaneous openings expired");
        Ok::<(), String>(())
    }
}
