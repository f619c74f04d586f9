//! `/pass`: the PASS of a company's employees, or of the people a prescripteur habilité accompanies.

use askama::Template;
use axum::extract::{RawQuery, State};
use iae_app::Ctx;
use iae_app::pass::list::{PassRow, Passes, Scope};
use iae_domain::Actor;
use iae_domain::pass::validity::ENDS_SOON_DAYS;

use crate::applications::state_badge::{self, StateBadge};
use crate::error::PageResult;
use crate::filters;
use crate::layout::Layout;
use crate::list::{self, Look, Shown, View};
use crate::paths::{PassPath, PassesPath};
use crate::state::WebState;

/// The page.
#[derive(Template)]
#[template(path = "pass/index.html")]
pub struct IndexPage {
    layout: Layout,
    is_employer: bool,
    view: View,
}

impl Shown for Passes {
    const NOUN: [&'static str; 3] = ["PASS IAE", "PASS IAE", "Aucun PASS IAE ne correspond"];

    fn path(&self) -> String {
        PassesPath.to_string()
    }

    fn look(&self, column: &str, row: &PassRow) -> Look {
        let ends_soon = || (1..ENDS_SOON_DAYS).contains(&row.parcours().remaining_days(self.today));
        match column {
            "holder" => Look::Link(PassPath { id: row.id }.to_string()),
            "state" => Look::Badge(state_badge::of_pass(row.parcours().state(self.today))),
            "number" => Look::Figures,
            "remaining" if ends_soon() => Look::With(ENDS_SOON),
            _ => Look::Plain,
        }
    }
}

const ENDS_SOON: StateBadge = StateBadge { label: "Bientôt terminé", tone: "accent", icon: "alert" };

impl IndexPage {
    fn title(&self) -> &'static str {
        if self.is_employer { "Salariés et PASS IAE" } else { "PASS IAE des personnes accompagnées" }
    }
}

/// Shows the list.
pub async fn get(
    _: PassesPath,
    State(app): State<WebState>,
    ctx: Ctx<Actor>,
    layout: Layout,
    RawQuery(raw): RawQuery,
) -> PageResult {
    let list = Passes::of(&ctx)?;
    let is_employer = matches!(list.scope, Scope::Employees(_));
    list::show(&app, &ctx, list, raw, |view| IndexPage { layout, is_employer, view }).await
}
