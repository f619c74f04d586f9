//! The page that says why nothing can be done now.

use askama::Template;
use iae_domain::control::Control;
use iae_domain::ids::ControlId;

use crate::error::{PageResult, forbidden};
use crate::layout::Layout;

/// The page.
#[derive(Template)]
#[template(path = "control/defence/closed.html")]
pub struct ClosedPage {
    layout: Layout,
    control: ControlId,
    /// Whether a decision on its negative result was notified.
    is_decided: bool,
    title: &'static str,
    why: String,
}

/// Says it: 403.
pub(super) fn closed(layout: Layout, of: &Control, title: &'static str, why: String) -> PageResult {
    let (control, is_decided) = (of.id, of.notified_at.is_some());
    forbidden(&ClosedPage { layout, control, is_decided, title, why })
}
