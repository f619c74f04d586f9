//! `/self-prescriptions`: the list.

use askama::Template;
use axum::extract::{RawQuery, State};
use iae_app::Ctx;
use iae_app::reference::queries::department_label;
use iae_app::self_prescriptions::list::{SelfPrescriptionRow, SelfPrescriptions};
use iae_domain::actor::InspectorActor;

use super::carried;
use crate::error::PageResult;
use crate::filters;
use crate::layout::Layout;
use crate::list::{self, Look, Shown, View};
use crate::paths::{SelfPrescribersPath, SelfPrescriptionPath, SelfPrescriptionsPath};
use crate::state::WebState;

/// The page.
#[derive(Template)]
#[template(path = "self_prescriptions/index.html")]
pub struct SelfPrescriptionsPage {
    layout: Layout,
    department: String,
    tabs: [Tab; 2],
    view: View,
}

/// One of the two ways to read auto-prescriptions.
pub(super) struct Tab {
    pub label: &'static str,
    pub href: String,
    pub current: bool,
}

impl Tab {
    /// Both, narrowed as the page is.
    pub fn both(by_company: bool, carried: &str) -> [Self; 2] {
        let query = carried.strip_prefix('&').map(|query| format!("?{query}")).unwrap_or_default();
        let tab = |label, path: String, current| Self { label, href: format!("{path}{query}"), current };
        [
            tab("Par structure", SelfPrescribersPath.to_string(), by_company),
            tab("Toutes les embauches", SelfPrescriptionsPath.to_string(), !by_company),
        ]
    }
}

impl Shown for SelfPrescriptions {
    const NOUN: [&'static str; 3] =
        ["auto-prescription", "auto-prescriptions", "Aucune auto-prescription ne correspond"];

    fn path(&self) -> String {
        SelfPrescriptionsPath.to_string()
    }

    fn look(&self, column: &str, row: &SelfPrescriptionRow) -> Look {
        match column {
            "hire" => Look::Link(SelfPrescriptionPath { id: row.id }.to_string()),
            "company" => {
                Look::Link(format!("{SelfPrescriptionsPath}?company={}{}", row.company, self.carried))
            }
            "pass" => Look::Figures,
            _ => Look::Plain,
        }
    }
}

/// Shows a page of the list.
pub async fn get(
    _: SelfPrescriptionsPath,
    State(app): State<WebState>,
    ctx: Ctx<InspectorActor>,
    layout: Layout,
    RawQuery(raw): RawQuery,
) -> PageResult {
    let list = SelfPrescriptions::of(&ctx, carried(raw.as_deref()))?;
    let tabs = Tab::both(false, &list.carried);
    let department = ctx.actor.department.as_deref().unwrap_or_default();
    let department = department_label(&app.db, department).await?;
    list::show(&app, &ctx.any(), list, raw, |view| SelfPrescriptionsPage { layout, department, tabs, view })
        .await
}
