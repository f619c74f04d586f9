//! The page that says why nothing can be done now.

use askama::Template;
use iae_domain::ids::ControlId;

use crate::error::{PageResult, forbidden};
use crate::layout::Layout;

/// The page.
#[derive(Template)]
#[template(path = "control/defence/closed.html")]
pub struct ClosedPage {
    layout: Layout,
    control: ControlId,
    title: &'static str,
    why: String,
}

/// Says it: 403.
pub(super) fn closed(layout: Layout, control: ControlId, title: &'static str, why: String) -> PageResult {
    forbidden(&ClosedPage { layout, control, title, why })
}
