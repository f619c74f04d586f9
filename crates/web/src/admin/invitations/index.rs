//! `/admin/invitations`: the list, and the search of an address.

use askama::Template;
use axum::extract::{RawQuery, State};
use iae_app::Ctx;
use iae_app::organisations::invitations::list::{TeamInvitationRow, TeamInvitations};
use iae_domain::actor::StaffActor;

use super::badge;
use super::search::SearchForm;
use crate::error::PageResult;
use crate::filters;
use crate::forms::FieldErrors;
use crate::layout::Layout;
use crate::list::{Look, Shown, View, show};
use crate::paths::{AdminInvitationPath, AdminInvitationsPath};
use crate::state::WebState;

impl Shown for TeamInvitations {
    const NOUN: [&'static str; 3] = ["invitation", "invitations", "Aucune invitation ne correspond"];

    fn path(&self) -> String {
        AdminInvitationsPath.to_string()
    }

    fn look(&self, column: &str, row: &TeamInvitationRow) -> Look {
        match column {
            "name" => Look::Link(AdminInvitationPath { id: row.id }.to_string()),
            "state" => Look::Badge(badge(self.state(row))),
            _ => Look::Plain,
        }
    }
}

/// The page.
#[derive(Template)]
#[template(path = "admin/invitations/index.html")]
pub struct AdminInvitationsPage {
    layout: Layout,
    view: View,
    form: SearchForm,
    errors: FieldErrors,
}

/// Shows a page of them.
pub async fn get(
    _: AdminInvitationsPath,
    State(state): State<WebState>,
    ctx: Ctx<StaffActor>,
    layout: Layout,
    RawQuery(raw): RawQuery,
) -> PageResult {
    let list = TeamInvitations::of(&ctx)?;
    let page = |view| AdminInvitationsPage {
        layout,
        view,
        form: SearchForm::default(),
        errors: FieldErrors::default(),
    };
    show(&state, &ctx.any(), list, raw, page).await
}
