//! Deletes the content of a file whose row is gone.

use graphile_worker::{IntoTaskHandlerResult, TaskHandler, WorkerContext};

use super::worker::app_of;
use crate::queue::DeleteFile;

impl TaskHandler for DeleteFile {
    const IDENTIFIER: &'static str = "delete_file";

    async fn run(self, ctx: WorkerContext) -> impl IntoTaskHandlerResult {
        let app = app_of(&ctx)?;
        app.files.delete(&self.key).await.map_err(|error| error.to_string())
    }
}
