//! `/admin`: the way in, which is the team's dashboard.

use iae_app::Ctx;
use iae_domain::actor::StaffActor;

use crate::error::{PageResult, see_other};
use crate::paths::{AdminPath, DashboardPath};

/// Leads to the dashboard.
pub async fn get(_: AdminPath, _: Ctx<StaffActor>) -> PageResult {
    see_other(DashboardPath.to_string())
}
