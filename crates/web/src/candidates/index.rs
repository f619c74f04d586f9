//! `/candidates`: the people the organisation accompanies (ACP-1 to ACP-3).

use askama::Template;
use axum::extract::{RawQuery, State};
use iae_app::Ctx;
use iae_app::candidates::list::{CandidateRow, Candidates};
use iae_domain::Actor;

use crate::applications::state_badge::StateBadge;
use crate::error::PageResult;
use crate::filters;
use crate::layout::Layout;
use crate::list::{self, Look, Shown, View};
use crate::paths::{CandidatePath, CandidatesPath, EmployersPath};
use crate::state::WebState;

/// The page.
#[derive(Template)]
#[template(path = "candidates/index.html")]
pub struct IndexPage {
    layout: Layout,
    /// Whether names may be masked: an orienteur's list.
    masks: bool,
    view: View,
}

impl Shown for Candidates {
    const NOUN: [&'static str; 3] = ["personne", "personnes", "Aucune personne ne correspond"];

    fn path(&self) -> String {
        CandidatesPath.to_string()
    }

    fn look(&self, column: &str, row: &CandidateRow) -> Look {
        match column {
            "person" => Look::LinkAnd(
                CandidatePath { id: row.id }.to_string(),
                "Chercher un employeur",
                format!("{EmployersPath}?for={}", row.id),
            ),
            "pass" => {
                let label = row.pass(self.today);
                let (tone, icon) = match row.pass_ends_on {
                    None => ("neutral", "circle-dot"),
                    Some(end) if end >= self.today => ("success", "circle-check"),
                    Some(_) => ("neutral", "clock"),
                };
                Look::Badge(StateBadge { label, tone, icon })
            }
            _ => Look::Plain,
        }
    }
}

/// Shows the list.
pub async fn get(
    _: CandidatesPath,
    State(app): State<WebState>,
    ctx: Ctx<Actor>,
    layout: Layout,
    RawQuery(raw): RawQuery,
) -> PageResult {
    let list = Candidates::of(&ctx)?;
    let masks = list.masks();
    list::show(&app, &ctx, list, raw, |view| IndexPage { layout, masks, view }).await
}
