//! What happens by itself to the members of organisations: administrators where there is none (MEM-13), a reading of the list
//! every three months (MEM-14).

use graphile_worker::{IntoTaskHandlerResult, TaskHandler, WorkerContext};
use serde::{Deserialize, Serialize};

use super::worker::app_of;
use crate::Ctx;
use crate::organisations::members::{make_admins, remind_to_review};

/// The task: each organisation in a transaction of its own.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct TendMembers {}

impl TaskHandler for TendMembers {
    const IDENTIFIER: &'static str = "tend_members";

    async fn run(self, ctx: WorkerContext) -> impl IntoTaskHandlerResult {
        let app = app_of(&ctx)?;
        let now = app.clock.now();
        let named = make_admins(&app, &Ctx::system(now)).await.map_err(|e| e.to_string())?;
        let asked = remind_to_review(&app, &Ctx::system(now)).await.map_err(|e| e.to_string())?;
        tracing::info!(named, asked, "administrators named, members to be read again");
        Ok::<(), String>(())
    }
}
