//! `/self-prescriptions/companies`: the SIAE that prescribed to themselves, one line each.

use askama::Template;
use axum::extract::{RawQuery, State};
use iae_app::Ctx;
use iae_app::reference::queries::department_label;
use iae_app::self_prescriptions::list::companies::{SelfPrescriberRow, SelfPrescribers};
use iae_domain::actor::InspectorActor;

use super::carried;
use super::index::Tab;
use crate::applications::state_badge::StateBadge;
use crate::error::PageResult;
use crate::filters;
use crate::layout::Layout;
use crate::list::{self, Look, Shown, View};
use crate::paths::{SelfPrescribersPath, SelfPrescriptionsPath};
use crate::state::WebState;

/// The page.
#[derive(Template)]
#[template(path = "self_prescriptions/companies.html")]
pub struct SelfPrescribersPage {
    layout: Layout,
    department: String,
    tabs: [Tab; 2],
    view: View,
}

const ODD: StateBadge = StateBadge { label: "À regarder", tone: "accent", icon: "alert" };

impl Shown for SelfPrescribers {
    const NOUN: [&'static str; 3] = ["structure", "structures", "Aucune structure ne correspond"];

    fn path(&self) -> String {
        SelfPrescribersPath.to_string()
    }

    fn look(&self, column: &str, row: &SelfPrescriberRow) -> Look {
        match column {
            "company" => Look::Link(format!("{SelfPrescriptionsPath}?company={}{}", row.id, self.carried)),
            "anomalies" if row.is_odd() => Look::With(ODD),
            _ => Look::Plain,
        }
    }
}

/// Shows a page of the list.
pub async fn get(
    _: SelfPrescribersPath,
    State(app): State<WebState>,
    ctx: Ctx<InspectorActor>,
    layout: Layout,
    RawQuery(raw): RawQuery,
) -> PageResult {
    let list = SelfPrescribers::of(&ctx, carried(raw.as_deref()))?;
    let tabs = Tab::both(true, &list.carried);
    let department = ctx.actor.department.as_deref().unwrap_or_default();
    let department = department_label(&app.db, department).await?;
    list::show(&app, &ctx.any(), list, raw, |view| SelfPrescribersPage { layout, department, tabs, view })
        .await
}
