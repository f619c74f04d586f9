//! `POST /announcements/{id}/dismissal`: whoever read an announcement sees it no more.

use axum::extract::State;
use axum::http::HeaderMap;
use iae_app::Ctx;
use iae_app::announcements::dismiss;
use serde::Deserialize;

use crate::error::{PageResult, see_other};
use crate::extract::{Person, form_page};
use crate::forms::UncheckedForm;
use crate::paths::{AnnouncementDismissalPath, DashboardPath};
use crate::state::WebState;

/// What was read.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct DismissalForm {
    edition: String,
}

/// Hides it, and shows the same page again. One's account hides it, whoever one acts for: the form is made for none.
pub async fn post(
    AnnouncementDismissalPath { id }: AnnouncementDismissalPath,
    State(state): State<WebState>,
    Person(person): Person,
    ctx: Ctx<()>,
    headers: HeaderMap,
    UncheckedForm(form): UncheckedForm<DismissalForm>,
) -> PageResult {
    dismiss(&state, &ctx, &person, id, form.edition.parse().ok()).await?;
    let page = form_page(&headers, &state.config.base_url);
    see_other(page.unwrap_or_else(|| DashboardPath.to_string()))
}
