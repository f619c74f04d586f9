//! `/admin/audit`: the audit trail.

use askama::Template;
use axum::extract::{RawQuery, State};
use iae_app::Ctx;
use iae_app::admin::list::{AuditRow, AuditTrail};
use iae_domain::actor::StaffActor;

use crate::error::PageResult;
use crate::filters;
use crate::layout::Layout;
use crate::list::{self, Look, Shown, View};
use crate::paths::AuditPath;
use crate::state::WebState;

/// The page.
#[derive(Template)]
#[template(path = "admin/audit.html")]
pub struct AuditPage {
    layout: Layout,
    view: View,
}

impl Shown for AuditTrail {
    const NOUN: [&'static str; 3] = ["ligne", "lignes", "Aucune ligne ne correspond"];

    fn path(&self) -> String {
        AuditPath.to_string()
    }

    fn look(&self, column: &str, row: &AuditRow) -> Look {
        if column == "subject" {
            Look::Link(format!("{AuditPath}?subject={}", row.subject_id))
        } else {
            Look::Plain
        }
    }
}

/// Shows a page of the trail.
pub async fn get(
    _: AuditPath,
    State(app): State<WebState>,
    ctx: Ctx<StaffActor>,
    layout: Layout,
    RawQuery(raw): RawQuery,
) -> PageResult {
    list::show(&app, &ctx.any(), AuditTrail, raw, |view| AuditPage { layout, view }).await
}
