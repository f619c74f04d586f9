//! Seals the rows of the audit trail that wait for it (ADR 28).

use graphile_worker::{IntoTaskHandlerResult, TaskHandler, WorkerContext};
use serde::{Deserialize, Serialize};

use super::worker::app_of;
use crate::audit;

/// The task.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SealAuditTrail {}

impl TaskHandler for SealAuditTrail {
    const IDENTIFIER: &'static str = "seal_audit_trail";

    async fn run(self, ctx: WorkerContext) -> impl IntoTaskHandlerResult {
        let app = app_of(&ctx)?;
        audit::seal_all(&app.db, |_| ()).await.map_err(|e| e.to_string())?;
        Ok::<(), String>(())
    }
}
