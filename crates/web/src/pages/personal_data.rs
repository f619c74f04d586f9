//! `/personal-data`: what is kept about people, why, and who sees it.

use askama::Template;
use axum::extract::State;

use crate::error::{PageResult, ok};
use crate::layout::Layout;
use crate::paths::PersonalDataPath;
use crate::state::WebState;

/// The page.
#[derive(Template)]
#[template(path = "pages/personal_data.html")]
pub struct PersonalDataPage {
    layout: Layout,
    support_email: String,
}

/// Shows it.
pub async fn get(_: PersonalDataPath, State(state): State<WebState>, layout: Layout) -> PageResult {
    ok(&PersonalDataPage { layout, support_email: state.config.support_email.to_string() })
}
