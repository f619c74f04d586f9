//! `/admin/jobs`: the tasks that are not done.

use askama::Template;
use axum::extract::State;
use axum_extra::routing::TypedPath;
use iae_app::Ctx;
use iae_app::jobs::queries::{JobRow, pending};
use iae_domain::actor::StaffActor;
use serde::Deserialize;

use crate::error::{PageResult, ok};
use crate::filters;
use crate::layout::Layout;
use crate::state::WebState;

/// The tasks.
#[derive(TypedPath, Deserialize)]
#[typed_path("/admin/jobs")]
pub struct JobsPath;

/// The page.
#[derive(Template)]
#[template(path = "admin/jobs.html")]
pub struct JobsPage {
    layout: Layout,
    jobs: Vec<JobRow>,
}

/// Shows the tasks.
pub async fn get(
    _: JobsPath,
    State(state): State<WebState>,
    _: Ctx<StaffActor>,
    layout: Layout,
) -> PageResult {
    ok(&JobsPage { layout, jobs: pending(&state.db).await? })
}
