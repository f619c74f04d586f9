//! `/welcome`: what the service is for, once (SES-12).

use askama::Template;
use axum::extract::State;
use iae_app::Ctx;
use iae_app::accounts::welcome;
use iae_domain::accounts::UserKind;

use crate::error::{PageResult, ok, see_other};
use crate::extract::Person;
use crate::layout::Layout;
use crate::paths::{DashboardPath, WelcomePath};
use crate::state::WebState;

/// The page.
#[derive(Template)]
#[template(path = "accounts/welcome.html")]
pub struct WelcomePage {
    layout: Layout,
    is_candidate: bool,
}

/// Shows it.
pub async fn get(_: WelcomePath, Person(person): Person, layout: Layout) -> PageResult {
    ok(&WelcomePage { layout, is_candidate: person.kind == UserKind::JobSeeker })
}

/// It was read.
pub async fn post(
    _: WelcomePath,
    State(state): State<WebState>,
    Person(person): Person,
    ctx: Ctx<()>,
) -> PageResult {
    welcome(&state, &ctx, &person).await?;
    see_other(DashboardPath.to_string())
}
