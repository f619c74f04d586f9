//! `/legal`: who publishes the service.

use askama::Template;
use axum::extract::State;

use crate::error::{PageResult, ok};
use crate::layout::Layout;
use crate::paths::LegalPath;
use crate::state::WebState;

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
