//! Reminds SIAE and DDETS of what a control waits for (rule book 04 §1.18).

use graphile_worker::{IntoTaskHandlerResult, TaskHandler, WorkerContext};
use serde::{Deserialize, Serialize};

use super::worker::app_of;
use crate::Ctx;
use crate::control::controls::remind_all;

/// The task: each campaign in a transaction of its own. What is due stays due until it is done, and is done once.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RemindControls {}

impl TaskHandler for RemindControls {
    const IDENTIFIER: &'static str = "remind_controls";

    async fn run(self, ctx: WorkerContext) -> impl IntoTaskHandlerResult {
        let app = app_of(&ctx)?;
        let reminded = remind_all(&app, &Ctx::system(app.clock.now())).await.map_err(|e| e.to_string())?;
        tracing::info!(reminded, "controls reminded");
        Ok::<(), String>(())
    }
}
