//! The list as a file (rule book 04 §1.21).

use axum::response::Response;
use iae_app::control::controls::queries::review::list::Controls;
use iae_app::exports::{Exported, export};
use iae_app::{App, Ctx};
use iae_domain::actor::InspectorActor;
use iae_domain::exports::ExportFormat;
use iae_domain::ids::ControlCampaignId;

use crate::error::{PageError, PageResult, see_other};
use crate::exports::attachment::attachment;
use crate::paths::ExportPath;

/// The file of what an address asks for; none when that is mistaken.
pub(super) async fn file(
    app: &App,
    ctx: &Ctx<InspectorActor>,
    id: ControlCampaignId,
    raw: &str,
    format: ExportFormat,
) -> PageResult<Option<Response>> {
    let list = Controls::of(app, ctx, Some(id)).await?;
    // First, so that no other campaign of the address is read in its place.
    let raw = format!("campaign={id}&{raw}");
    match export(app, &ctx.any(), list, &raw, format).await? {
        Exported::Now(file, format) => Ok(Some(attachment(file, format))),
        Exported::Later(id) => see_other(ExportPath { id }.to_string()).map(Some),
        Exported::AnotherRuns => Err(PageError::ExportRunning),
        Exported::Mistaken => Ok(None),
    }
}
