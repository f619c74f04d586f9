//! Announces the rights to prescribe that end soon, tells those that ended (D15). The rights themselves end with their last day.

use graphile_worker::{IntoTaskHandlerResult, TaskHandler, WorkerContext};
use serde::{Deserialize, Serialize};

use super::worker::app_of;
use crate::Ctx;
use crate::habilitations::follow_terms;

/// The task: each right in a transaction of its own.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct FollowHabilitations {}

impl TaskHandler for FollowHabilitations {
    const IDENTIFIER: &'static str = "follow_habilitations";

    async fn run(self, ctx: WorkerContext) -> impl IntoTaskHandlerResult {
        let app = app_of(&ctx)?;
        let followed = follow_terms(&app, &Ctx::system(app.clock.now())).await;
        let (announced, ended) = followed.map_err(|error| error.to_string())?;
        tracing::info!(announced, ended, "habilitations followed");
        Ok::<(), String>(())
    }
}
