//! `/dashboard`: what waits for the person who signed in.

use askama::Template;
use axum_extra::routing::TypedPath;
use iae_app::Ctx;
use iae_domain::Actor;
use serde::Deserialize;

use crate::error::{PageResult, ok};
use crate::layout::Layout;
use crate::routes::Routes;

/// The routes of the feature.
pub fn routes() -> Routes {
    Routes::new().get(get)
}

/// The dashboard.
#[derive(TypedPath, Deserialize)]
#[typed_path("/dashboard")]
pub struct DashboardPath;

/// The page.
#[derive(Template)]
#[template(path = "dashboard/dashboard.html")]
pub struct DashboardPage {
    layout: Layout,
}

/// Shows the dashboard.
pub async fn get(_: DashboardPath, _: Ctx<Actor>, layout: Layout) -> PageResult {
    ok(&DashboardPage { layout })
}
