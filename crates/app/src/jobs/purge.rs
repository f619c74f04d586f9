//! Deletes what has no more use: expired sessions and login attempts, drafts sent or left, reports of forms never confirmed,
//! proofs that serve no hire any more, exports past their time, content no document has. Ends the impersonations that are over.

use graphile_worker::{IntoTaskHandlerResult, TaskHandler, WorkerContext};
use serde::{Deserialize, Serialize};

use super::queries;
use super::worker::app_of;
use crate::Ctx;
use crate::accounts::impersonation;
use crate::applications::drafts;
use crate::eligibility::proofs;
use crate::error::Result;
use crate::pass::prolongation::report;
use crate::{documents, exports};

/// The task. What cannot be deleted keeps nothing else from it, and the task fails in the end, to be tried again.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Purge {}

impl TaskHandler for Purge {
    const IDENTIFIER: &'static str = "purge";

    async fn run(self, ctx: WorkerContext) -> impl IntoTaskHandlerResult {
        let app = app_of(&ctx)?;
        let mut failures = Failures::default();
        let rows = failures.count(queries::purge(&app.db, app.clock.now()).await);
        let drafts = failures.count(drafts::expire(&app, &Ctx::system(app.clock.now())).await);
        let reports = failures.count(report::expire(&app, &Ctx::system(app.clock.now())).await);
        let proofs = failures.count(proofs::expire(&app, &Ctx::system(app.clock.now())).await);
        let impersonations = failures.count(impersonation::expire(&app, &Ctx::system(app.clock.now())).await);
        let exports = failures.count(exports::expire(&app, app.clock.now()).await);
        let files = failures.count(documents::purge(&app, app.clock.now()).await);
        tracing::info!(
            rows,
            drafts,
            reports,
            proofs,
            impersonations,
            exports,
            files,
            "expired sessions, login attempts, drafts, reports, proofs, exports and lost files deleted, impersonations ended"
        );
        failures.said()
    }
}

/// Why something was not deleted.
#[derive(Default)]
struct Failures(Vec<String>);

impl Failures {
    /// How many went; none when that failed.
    fn count<T: Default>(&mut self, deleted: Result<T>) -> T {
        deleted.unwrap_or_else(|error| {
            self.0.push(error.to_string());
            T::default()
        })
    }

    /// All of them as the task fails with them, if it does.
    fn said(self) -> Result<(), String> {
        if self.0.is_empty() { Ok(()) } else { Err(self.0.join("; ")) }
    }
}
