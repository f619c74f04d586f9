//! `/control-campaigns`: the campaigns of every DDETS, for the team (rule book 04 §1.21).

use askama::Template;
use axum::extract::{RawQuery, State};
use iae_app::Ctx;
use iae_app::control::campaigns::list::{CampaignRow, ControlCampaigns};
use iae_domain::actor::StaffActor;
use iae_domain::control::policy;

use super::words;
use crate::error::PageResult;
use crate::filters;
use crate::layout::Layout;
use crate::list::{self, Look, Shown, View};
use crate::paths::{ControlCampaignPath, ControlCampaignsPath};
use crate::state::WebState;

/// The page.
#[derive(Template)]
#[template(path = "control/campaigns/index.html")]
pub struct IndexPage {
    layout: Layout,
    view: View,
    /// Whether the reader opens campaigns.
    may_open: bool,
}

impl Shown for ControlCampaigns {
    const NOUN: [&'static str; 3] = ["campagne", "campagnes", "Aucune campagne ne correspond"];

    fn path(&self) -> String {
        ControlCampaignsPath.to_string()
    }

    fn look(&self, column: &str, row: &CampaignRow) -> Look {
        match column {
            "ddets" => Look::Link(ControlCampaignPath { id: row.id }.to_string()),
            "phase" => Look::Badge(words::of_phase(row.phase())),
            _ => Look::Plain,
        }
    }
}

/// Shows the list.
pub async fn get(
    _: ControlCampaignsPath,
    State(state): State<WebState>,
    ctx: Ctx<StaffActor>,
    layout: Layout,
    RawQuery(raw): RawQuery,
) -> PageResult {
    let may_open = policy::turn(&ctx.actor).is_ok();
    let ctx = ctx.any();
    let list = ControlCampaigns::of(&ctx)?;
    list::show(&state, &ctx, list, raw, |view| IndexPage { layout, view, may_open }).await
}
