//! Deletes what has no more use: expired sessions and login attempts, drafts sent or left, reports of forms never confirmed,
//! exports past their time, content no document has.

use graphile_worker::{IntoTaskHandlerResult, TaskHandler, WorkerContext};
use serde::{Deserialize, Serialize};

use super::queries;
use super::worker::app_of;
use crate::Ctx;
use crate::applications::drafts;
use crate::pass::prolongation::report;
use crate::{documents, exports};

/// The task.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Purge {}

impl TaskHandler for Purge {
    const IDENTIFIER: &'static str = "purge";

    async fn run(self, ctx: WorkerContext) -> impl IntoTaskHandlerResult {
        let app = app_of(&ctx)?;
        let rows = queries::purge(&app.db, app.clock.now()).await.map_err(|e| e.to_string())?;
        let drafts = drafts::expire(&app, &Ctx::system(app.clock.now())).await.map_err(|e| e.to_string())?;
        let reports = report::expire(&app, &Ctx::system(app.clock.now())).await.map_err(|e| e.to_string())?;
        let exports = exports::expire(&app, app.clock.now()).await.map_err(|e| e.to_string())?;
        let files = documents::purge(&app, app.clock.now()).await.map_err(|e| e.to_string())?;
        tracing::info!(
            rows,
            drafts,
            reports,
            exports,
            files,
            "expired sessions, login attempts, drafts, reports, exports and lost files deleted"
        );
        Ok::<(), String>(())
    }
}
