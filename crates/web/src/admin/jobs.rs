//! `/admin/jobs`: the tasks that are not done.

use askama::Template;
use axum::extract::{RawQuery, State};
use iae_app::Ctx;
use iae_app::jobs::list::{JobRow, Jobs};
use iae_domain::actor::StaffActor;

use crate::applications::state_badge::StateBadge;
use crate::error::PageResult;
use crate::filters;
use crate::layout::Layout;
use crate::list::{self, Look, Shown, View};
use crate::paths::AdminJobsPath;
use crate::state::WebState;

/// The page.
#[derive(Template)]
#[template(path = "admin/jobs.html")]
pub struct JobsPage {
    layout: Layout,
    view: View,
}

impl Shown for Jobs {
    const NOUN: [&'static str; 3] = ["tâche", "tâches", "Aucune tâche ne correspond"];

    fn path(&self) -> String {
        AdminJobsPath.to_string()
    }

    fn look(&self, column: &str, row: &JobRow) -> Look {
        if column != "state" {
            return Look::Plain;
        }
        let (tone, icon) = match (row.is_running(), row.has_failed()) {
            (true, _) => ("info", "hourglass"),
            (false, true) => ("error", "circle-x"),
            (false, false) => ("neutral", "circle-dot"),
        };
        Look::Badge(StateBadge { label: row.state(), tone, icon })
    }
}

/// Shows the tasks.
pub async fn get(
    _: AdminJobsPath,
    State(app): State<WebState>,
    ctx: Ctx<StaffActor>,
    layout: Layout,
    RawQuery(raw): RawQuery,
) -> PageResult {
    list::show(&app, &ctx.any(), Jobs, raw, |view| JobsPage { layout, view }).await
}
