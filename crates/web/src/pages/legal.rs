//! `/legal`: who publishes the service.

use askama::Template;
use axum::extract::State;
use axum_extra::routing::TypedPath;
use serde::Deserialize;

use crate::error::{PageResult, ok};
use crate::layout::Layout;
use crate::state::WebState;

/// The legal notice.
#[derive(TypedPath, Deserialize)]
#[typed_path("/legal")]
pub struct LegalPath;

/// The page.
#[derive(Template)]
#[template(path = "pages/legal.html")]
pub struct LegalPage {
    layout: Layout,
    support_email: String,
}

/// Shows it.
pub async fn get(_: LegalPath, State(state): State<WebState>, layout: Layout) -> PageResult {
    ok(&LegalPage { layout, support_email: state.config.support_email.to_string() })
}
