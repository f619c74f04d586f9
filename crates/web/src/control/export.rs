//! The SIAE that a campaign controls, as a file (rule book 04 §1.21): for its DDETS from their list, for the team from the campaign.

use axum::response::Response;
use iae_app::control::controls::queries::review::list::Controls;
use iae_app::exports::{Exported, export};
use iae_app::{App, Ctx};
use iae_domain::Actor;
use iae_domain::exports::ExportFormat;
use iae_domain::ids::ControlCampaignId;
use url::form_urlencoded;

use crate::error::{PageError, PageResult, see_other};
use crate::exports::attachment::attachment;
use crate::paths::ExportPath;

/// The format an address asks for, if it asks for a file.
pub(super) fn format_of(raw: &str) -> Option<ExportFormat> {
    let found = form_urlencoded::parse(raw.as_bytes()).find(|(name, _)| name == "format");
    found.and_then(|(_, code)| ExportFormat::parse(&code))
}

/// The address of a page as a file, in each format; `view` is what else it asks for, none or more names with their values, each followed
/// by `&`.
pub(super) fn links(path: &str, view: &str) -> Vec<(&'static str, String)> {
    let href = |format: &ExportFormat| format!("{path}?{view}format={}", format.code());
    ExportFormat::ALL.iter().map(|format| (format.label(), href(format))).collect()
}

/// The file of what an address asks for; none when that is mistaken.
pub(super) async fn file(
    app: &App,
    ctx: &Ctx<Actor>,
    id: ControlCampaignId,
    raw: &str,
    format: ExportFormat,
) -> PageResult<Option<Response>> {
    let list = Controls::of(app, ctx, Some(id)).await?;
    // First, so that no other campaign of the address is read in its place.
    let raw = format!("campaign={id}&{raw}");
    match export(app, ctx, list, &raw, format).await? {
        Exported::Now(file, format) => Ok(Some(attachment(file, format))),
        Exported::Later(id) => see_other(ExportPath { id }.to_string()).map(Some),
        Exported::AnotherRuns => Err(PageError::ExportRunning),
        Exported::Mistaken => Ok(None),
    }
}
