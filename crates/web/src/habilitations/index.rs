//! `/habilitations`: the requests of a département for its DDETS, of every one for the team.

use askama::Template;
use axum::extract::{RawQuery, State};
use iae_app::Ctx;
use iae_app::habilitations::list::{HabilitationRow, Habilitations};
use iae_domain::habilitations::policy::Instructor;

use super::words;
use crate::error::PageResult;
use crate::filters;
use crate::layout::Layout;
use crate::list::{self, Look, Shown, View};
use crate::paths::{HabilitationReviewPath, HabilitationsPath};
use crate::state::WebState;

/// The page.
#[derive(Template)]
#[template(path = "habilitations/index.html")]
pub struct IndexPage {
    layout: Layout,
    view: View,
    /// Whether the reader enters orders.
    may_record: bool,
}

impl Shown for Habilitations {
    const NOUN: [&'static str; 3] = ["demande", "demandes", "Aucune demande ne correspond"];

    fn path(&self) -> String {
        HabilitationsPath.to_string()
    }

    fn look(&self, column: &str, row: &HabilitationRow) -> Look {
        match column {
            "organisation" => Look::Link(HabilitationReviewPath { id: row.id }.to_string()),
            "state" if self.is_over(row) => Look::Badge(words::IS_OVER),
            "state" => Look::Badge(words::of_state(row.state)),
            _ => Look::Plain,
        }
    }
}

/// Shows the list.
pub async fn get(
    _: HabilitationsPath,
    State(state): State<WebState>,
    ctx: Ctx<Instructor>,
    layout: Layout,
    RawQuery(raw): RawQuery,
) -> PageResult {
    let may_record = ctx.actor.records().is_ok();
    let ctx = ctx.any();
    let list = Habilitations::of(&ctx)?;
    list::show(&state, &ctx, list, raw, |view| IndexPage { layout, view, may_record }).await
}
