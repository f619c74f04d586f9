//! `/accessibility`: the declaration of accessibility.

use askama::Template;

use crate::error::{PageResult, ok};
use crate::layout::Layout;
use crate::paths::AccessibilityPath;

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
