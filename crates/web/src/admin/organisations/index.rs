//! `/admin/organisations`: « Structures », every organisation, found by name or number (rule book 01 §13).

use askama::Template;
use axum::extract::{RawQuery, State};
use iae_app::Ctx;
use iae_app::admin::organisations::list::{OrganisationRow, Organisations};
use iae_domain::actor::StaffActor;
use iae_domain::staff::{StaffRight, ensure};

use crate::applications::state_badge::of_standing;
use crate::error::PageResult;
use crate::filters;
use crate::layout::Layout;
use crate::list::{self, Look, Shown, View};
use crate::paths::{AdminOrganisationPath, AdminOrganisationsPath};
use crate::state::WebState;

/// The page.
#[derive(Template)]
#[template(path = "admin/organisations/index.html")]
pub struct OrganisationsPage {
    layout: Layout,
    view: View,
    may_create: bool,
}

impl Shown for Organisations {
    const NOUN: [&'static str; 3] = ["structure", "structures", "Aucune structure ne correspond"];

    fn path(&self) -> String {
        AdminOrganisationsPath.to_string()
    }

    fn look(&self, column: &str, row: &OrganisationRow) -> Look {
        match column {
            "name" => Look::Link(AdminOrganisationPath { id: row.id }.to_string()),
            "standing" => row.told_standing().map_or(Look::Plain, |one| Look::Badge(of_standing(one))),
            _ => Look::Plain,
        }
    }
}

/// Shows them.
pub async fn get(
    _: AdminOrganisationsPath,
    State(state): State<WebState>,
    ctx: Ctx<StaffActor>,
    RawQuery(raw): RawQuery,
    layout: Layout,
) -> PageResult {
    let organisations = Organisations::of(&ctx)?;
    let may_create = ensure(&ctx.actor, StaffRight::ChangeOrganisations).is_ok();
    let page = |view| OrganisationsPage { layout, view, may_create };
    list::show(&state, &ctx.any(), organisations, raw, page).await
}
