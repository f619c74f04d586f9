//! `/accessibility`: the declaration of accessibility.

use askama::Template;
use axum_extra::routing::TypedPath;
use serde::Deserialize;

use crate::error::{PageResult, ok};
use crate::layout::Layout;

/// The declaration.
#[derive(TypedPath, Deserialize)]
#[typed_path("/accessibility")]
pub struct AccessibilityPath;

/// The page.
#[derive(Template)]
#[template(path = "pages/accessibility.html")]
pub struct AccessibilityPage {
    layout: Layout,
}

/// Shows it.
pub async fn get(_: AccessibilityPath, layout: Layout) -> PageResult {
    ok(&AccessibilityPage { layout })
}
