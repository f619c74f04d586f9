//! The dashboard of the platform's team: what is stuck.

use askama::Template;
use iae_app::App;
use iae_app::admin::queries::{Pending, pending};

use crate::error::{PageResult, ok};
use crate::filters;
use crate::layout::Layout;

/// The page.
#[derive(Template)]
#[template(path = "dashboard/staff.html")]
struct StaffDashboard {
    layout: Layout,
    pending: Pending,
}

pub(super) async fn page(app: &App, layout: Layout) -> PageResult {
    ok(&StaffDashboard { layout, pending: pending(&app.db).await? })
}
