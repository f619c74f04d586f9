//! The dashboard of an agent of the State: the auto-prescriptions of their département.

use askama::Template;
use chrono::TimeDelta;
use iae_app::reference::queries::department_label;
use iae_app::self_prescriptions::queries::count_since;
use iae_app::{App, Ctx};
use iae_domain::actor::InspectorActor;
use iae_domain::eligibility::policy;

use crate::error::{PageResult, ok};
use crate::filters;
use crate::layout::Layout;

/// The page.
#[derive(Template)]
#[template(path = "dashboard/inspector.html")]
struct InspectorDashboard {
    layout: Layout,
    kind: &'static str,
    figures: Option<Figures>,
}

/// Auto-prescriptions of the last twelve months.
struct Figures {
    department: String,
    hires: i64,
    companies: i64,
}

pub(super) async fn page(app: &App, ctx: &Ctx<InspectorActor>, layout: Layout) -> PageResult {
    let figures = match policy::read_self_prescriptions(&ctx.actor) {
        Ok(department) => {
            let (hires, companies) = count_since(&app.db, ctx, ctx.now - TimeDelta::days(365)).await?;
            let label = department_label(&app.db, department).await?;
            Some(Figures { department: label, hires, companies })
        }
        Err(_) => None,
    };
    ok(&InspectorDashboard { layout, kind: ctx.actor.kind.label(), figures })
}
