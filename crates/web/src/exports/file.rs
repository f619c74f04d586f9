//! `/exports/{id}/file`: the file, once it is ready.

use axum::extract::State;
use iae_app::{Ctx, exports};
use iae_domain::Actor;
use iae_domain::exports::ExportFormat;

use super::attachment::attachment;
use crate::error::PageResult;
use crate::paths::ExportFilePath;
use crate::state::WebState;

/// Sends the file.
pub async fn get(
    ExportFilePath { id }: ExportFilePath,
    State(app): State<WebState>,
    ctx: Ctx<Actor>,
) -> PageResult {
    Ok(attachment(exports::download(&app, &ctx, id).await?, ExportFormat::Xlsx))
}
