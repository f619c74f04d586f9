//! `/prescribers/{id}`: the card of an authorised prescriber; of any other organisation there is none (PRE-28). The address of one that
//! was merged leads to what it became.

use askama::Template;
use axum::extract::State;
use iae_app::Ctx;
use iae_app::directory::prescribers::queries::{PrescriberCard, prescriber_card};
use iae_app::organisations::transfer::queries::successor;

use crate::error::{PageError, PageResult, ok, see_other};
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
    let Some(prescriber) = prescriber_card(&state.db, path.id, ctx.today()).await? else {
        let id = successor(&state.db, path.id).await?.ok_or(PageError::NotFound)?;
        return see_other(PrescriberPath { id }.to_string());
    };
    ok(&PrescriberPage { layout, prescriber })
}
