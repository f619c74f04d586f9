//! The dashboard of the platform's team: what is stuck.

use askama::Template;
use iae_app::App;
use iae_app::admin::queries::{Pending, pending};
use iae_app::queue::MAX_ATTEMPTS;

use crate::error::{PageResult, ok};
use crate::filters;
use crate::french;
use crate::layout::Layout;

/// The page.
#[derive(Template)]
#[template(path = "dashboard/staff.html")]
struct StaffDashboard {
    layout: Layout,
    pending: Pending,
}

impl StaffDashboard {
    fn retried(&self) -> String {
        match self.pending.retried_emails {
            0 => String::new(),
            count => format!(
                "Dont {}",
                french::plural(count, "déjà refusé, qui sera retenté", "déjà refusés, qui seront retentés")
            ),
        }
    }
}

pub(super) async fn page(app: &App, layout: Layout) -> PageResult {
    ok(&StaffDashboard { layout, pending: pending(&app.db).await? })
}
