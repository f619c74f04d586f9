//! `POST /candidates/lookup/name`: the people one already sees, by name (D27). Posted, so that no address holds a name.

use axum::extract::State;
use iae_app::Ctx;
use iae_app::candidates::known_people;
use iae_domain::actor::Professional;
use serde::Deserialize;

use super::Draft;
use super::lookup::LookupPage;
use crate::error::{PageResult, ok, unprocessable};
use crate::forms::{FieldErrors, Form};
use crate::layout::Layout;
use crate::paths::LookupNamePath;
use crate::state::WebState;

/// The form.
#[derive(Debug, Default, Deserialize)]
pub struct LookupNameForm {
    #[serde(default)]
    name: String,
    #[serde(default)]
    draft: String,
}

/// Shows those called so, to be chosen. Nobody new is found: nothing is kept, nor told.
pub async fn post(
    _: LookupNamePath,
    State(state): State<WebState>,
    ctx: Ctx<Professional>,
    layout: Layout,
    Form(form): Form<LookupNameForm>,
) -> PageResult {
    let page = LookupPage::blank(&state, layout, &ctx, Draft::read(&form.draft)).await?;
    let name = form.name.trim();
    if name.is_empty() {
        let errors = FieldErrors::one("name", "Saisissez un nom ou un prénom.");
        return unprocessable(&page.mistaken(errors));
    }
    let known = known_people(&state, &ctx.any(), name).await?;
    ok(&page.named(name.to_owned(), known))
}
