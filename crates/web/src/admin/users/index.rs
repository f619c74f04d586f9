//! `/admin/users`: every account, and the search for one. What is typed to find somebody is posted: it is in no address.

use askama::Template;
use axum::extract::{RawQuery, State};
use iae_app::Ctx;
use iae_app::accounts::oversight::list::{UserRow, Users};
use iae_app::accounts::oversight::{Found, search};
use iae_domain::accounts::UserKind;
use iae_domain::actor::StaffActor;
use iae_domain::staff::StaffRight;
use serde::Deserialize;

use super::{may, state_badge};
use crate::applications::state_badge::StateBadge;
use crate::choice::Choice;
use crate::error::{PageResult, ok, unprocessable};
use crate::filters;
use crate::forms::{FieldErrors, Form};
use crate::layout::Layout;
use crate::list::{self, Look, Shown, View};
use crate::paths::{AdminUserPath, AdminUsersPath};
use crate::state::WebState;

/// Longest text that is searched for.
const TERM_MAX_CHARS: usize = 254;

/// The page.
#[derive(Template)]
#[template(path = "admin/users/index.html")]
pub struct UsersPage {
    layout: Layout,
    view: View,
    may_close_passwords: bool,
    form: SearchForm,
    errors: FieldErrors,
}

/// What was found.
#[derive(Template)]
#[template(path = "admin/users/found.html")]
pub struct FoundPage {
    layout: Layout,
    found: Option<Found>,
    form: SearchForm,
    errors: FieldErrors,
}

impl FoundPage {
    fn badge(row: &UserRow) -> StateBadge {
        state_badge(row.is_active)
    }
}

/// Whom one looks for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct SearchForm {
    term: String,
    of_kind: String,
}

impl SearchForm {
    fn kinds(&self) -> Vec<Choice> {
        let choice =
            |kind: &UserKind| Choice::new(kind.code(), kind.label()).selected_if(self.of_kind == kind.code());
        UserKind::ALL.iter().map(choice).collect()
    }
}

impl Shown for Users {
    const NOUN: [&'static str; 3] = ["compte", "comptes", "Aucun compte ne correspond"];

    fn path(&self) -> String {
        AdminUsersPath.to_string()
    }

    fn look(&self, column: &str, row: &UserRow) -> Look {
        match column {
            "name" => Look::Link(AdminUserPath { id: row.id }.to_string()),
            "state" => Look::Badge(state_badge(row.is_active)),
            _ => Look::Plain,
        }
    }
}

/// Shows a page of the list.
pub async fn get(
    _: AdminUsersPath,
    State(state): State<WebState>,
    ctx: Ctx<StaffActor>,
    RawQuery(raw): RawQuery,
    layout: Layout,
) -> PageResult {
    let users = Users::of(&ctx)?;
    let page = |view| UsersPage {
        layout,
        view,
        may_close_passwords: ctx.actor.holds(StaffRight::DisablePasswords),
        form: SearchForm::default(),
        errors: FieldErrors::default(),
    };
    list::show(&state, &ctx.any(), users, raw, page).await
}

/// Looks for somebody.
pub async fn post(
    _: AdminUsersPath,
    State(state): State<WebState>,
    ctx: Ctx<StaffActor>,
    layout: Layout,
    Form(form): Form<SearchForm>,
) -> PageResult {
    may(&ctx.actor, StaffRight::ReadUsers)?;
    let mut errors = FieldErrors::default();
    errors.check_length("term", &form.term, TERM_MAX_CHARS);
    if !errors.is_empty() {
        return unprocessable(&FoundPage { layout, found: None, form, errors });
    }
    let found = search(&state, &ctx, &form.term, UserKind::parse(&form.of_kind)).await?;
    if found.is_none() {
        let errors = FieldErrors::one("term", "Saisissez ce qui désigne la personne.");
        return unprocessable(&FoundPage { layout, found, form, errors });
    }
    ok(&FoundPage { layout, found, form, errors })
}
