//! `/prescribers/{id}`: the card of an authorised prescriber; of any other organisation there is none (PRE-28).

use askama::Template;
use axum::extract::State;
use iae_app::Ctx;
use iae_app::directory::prescribers::queries::{PrescriberCard, prescriber_card};

use crate::error::{PageError, PageResult, ok};
use crate::filters;
use crate::layout::Layout;
use crate::paths::PrescriberPath;
use crate::state::WebState;

/// The page.
#[derive(Template)]
#[template(path = "directory/prescriber.html")]
pub struct PrescriberPage {
    layout: Layout,
    prescriber: PrescriberCard,
}

/// Shows it.
pub async fn get(
    path: PrescriberPath,
    State(state): State<WebState>,
    ctx: Ctx<()>,
    layout: Layout,
) -> PageResult {
    let prescriber = prescriber_card(&state.db, path.id, ctx.today()).await?.ok_or(PageError::NotFound)?;
    ok(&PrescriberPage { layout, prescriber })
}
