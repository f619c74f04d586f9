//! `/access-log`: « Journal des accès », for whoever administers an organisation.

use askama::Template;
use axum::extract::{RawQuery, State};
use iae_app::Ctx;
use iae_app::access_log::{AccessLog, AccessRow};
use iae_domain::Actor;

use crate::error::PageResult;
use crate::filters;
use crate::layout::Layout;
use crate::list::{self, Look, Shown, View};
use crate::paths::{AccessLogPath, CandidatePath};
use crate::routing::Routes;
use crate::state::WebState;

/// The routes of the feature.
pub fn routes() -> Routes {
    Routes::new().get(get)
}

/// The page.
#[derive(Template)]
#[template(path = "access_log/index.html")]
pub struct AccessLogPage {
    layout: Layout,
    view: View,
}

impl Shown for AccessLog {
    const NOUN: [&'static str; 3] = ["accès", "accès", "Aucun accès ne correspond"];

    fn path(&self) -> String {
        AccessLogPath.to_string()
    }

    fn look(&self, column: &str, row: &AccessRow) -> Look {
        if column == "person" {
            Look::Link(CandidatePath { id: row.candidate }.to_string())
        } else {
            Look::Plain
        }
    }
}

/// Shows the log.
pub async fn get(
    _: AccessLogPath,
    State(app): State<WebState>,
    ctx: Ctx<Actor>,
    layout: Layout,
    RawQuery(raw): RawQuery,
) -> PageResult {
    let list = AccessLog::of(&ctx)?;
    list::show(&app, &ctx, list, raw, |view| AccessLogPage { layout, view }).await
}
