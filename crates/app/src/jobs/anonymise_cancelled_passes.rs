//! Takes away all that says whose the cancelled PASS were, 730 days after their last day (rule book 03 §4.12, §9).

use graphile_worker::{IntoTaskHandlerResult, TaskHandler, WorkerContext};
use serde::{Deserialize, Serialize};

use super::worker::app_of;
use crate::Ctx;
use crate::pass::cancellation::anonymise_all;

/// The task: each archive in a transaction of its own.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AnonymiseCancelledPasses {}

impl TaskHandler for AnonymiseCancelledPasses {
    const IDENTIFIER: &'static str = "anonymise_cancelled_passes";

    async fn run(self, ctx: WorkerContext) -> impl IntoTaskHandlerResult {
        let app = app_of(&ctx)?;
        let anonymised =
            anonymise_all(&app, &Ctx::system(app.clock.now())).await.map_err(|e| e.to_string())?;
        tracing::info!(anonymised, "cancelled PASS made anonymous");
        Ok::<(), String>(())
    }
}
