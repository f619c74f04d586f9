//! `/prolongations/{id}/report`: the report given with a request to prolong a PASS (rule book 03 §6.6, X3; D19, D34).

use axum::extract::State;
use iae_app::{Ctx, documents};
use iae_domain::Actor;
use iae_domain::documents::{DocumentKind, Owner};

use super::sent;
use crate::error::PageResult;
use crate::paths::ProlongationReportPath;
use crate::state::WebState;

/// Sends the file.
pub async fn get(path: ProlongationReportPath, State(state): State<WebState>, ctx: Ctx<Actor>) -> PageResult {
    let kind = DocumentKind::ProlongationReport;
    let owner = Owner::ProlongationReport(path.id);
    Ok(sent::attachment(kind, documents::open(&state, &ctx, owner, kind).await?))
}
