//! Deletes the content of a file whose last row is gone.

use graphile_worker::{IntoTaskHandlerResult, TaskHandler, WorkerContext};

use super::worker::app_of;
use crate::documents;
use crate::queue::DeleteFile;

impl TaskHandler for DeleteFile {
    const IDENTIFIER: &'static str = "delete_file";

    async fn run(self, ctx: WorkerContext) -> impl IntoTaskHandlerResult {
        let app = app_of(&ctx)?;
        // Applications of one sending share what they hold.
        if !documents::is_unknown(&app, &self.key).await.map_err(|error| error.to_string())? {
            return Ok(());
        }
        app.files.delete(&self.key).await.map_err(|error| error.to_string())
    }
}
