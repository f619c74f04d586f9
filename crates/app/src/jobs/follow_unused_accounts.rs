//! Tells professionals who did not sign in for long that their account will go, closes the accounts whose day has come (USR-16).

use graphile_worker::{IntoTaskHandlerResult, TaskHandler, WorkerContext};
use serde::{Deserialize, Serialize};

use super::worker::app_of;
use crate::Ctx;
use crate::accounts::follow_unused;

/// The task: each account in a transaction of its own.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct FollowUnusedAccounts {}

impl TaskHandler for FollowUnusedAccounts {
    const IDENTIFIER: &'static str = "follow_unused_accounts";

    async fn run(self, ctx: WorkerContext) -> impl IntoTaskHandlerResult {
        let app = app_of(&ctx)?;
        let followed = follow_unused(&app, &Ctx::system(app.clock.now())).await;
        let (told, gone) = followed.map_err(|error| error.to_string())?;
        tracing::info!(told, gone, "unused accounts followed");
        Ok::<(), String>(())
    }
}
