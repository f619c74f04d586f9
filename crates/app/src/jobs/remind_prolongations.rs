//! Reminds the requests of prolongation that wait (rule book 03 §6.7).

use graphile_worker::{IntoTaskHandlerResult, TaskHandler, WorkerContext};
use serde::{Deserialize, Serialize};

use super::worker::app_of;
use crate::Ctx;
use crate::pass::prolongation::remind_all;

/// The task: each request in a transaction of its own.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RemindProlongations {}

impl TaskHandler for RemindProlongations {
    const IDENTIFIER: &'static str = "remind_prolongations";

    async fn run(self, ctx: WorkerContext) -> impl IntoTaskHandlerResult {
        let app = app_of(&ctx)?;
        let reminded = remind_all(&app, &Ctx::system(app.clock.now())).await.map_err(|e| e.to_string())?;
        tracing::info!(reminded, "requests of prolongation reminded");
        Ok::<(), String>(())
    }
}
