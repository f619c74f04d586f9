//! `/admin`: the way in, which is the team's dashboard.

use axum_extra::routing::TypedPath;
use iae_app::Ctx;
use iae_domain::actor::StaffActor;
use serde::Deserialize;

use crate::error::{PageResult, see_other};

/// The way in.
#[derive(TypedPath, Deserialize)]
#[typed_path("/admin")]
pub struct AdminPath;

/// Leads to the dashboard.
pub async fn get(_: AdminPath, _: Ctx<StaffActor>) -> PageResult {
    see_other("/dashboard")
}
