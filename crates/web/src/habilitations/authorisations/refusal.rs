//! `POST /admin/authorisations/{id}/refusal`: the team refuses an authorisation: the organisation is an orienteur (PRE-8).

use axum::extract::State;
use iae_app::Ctx;
use iae_app::habilitations::authorisations::refuse;
use iae_domain::actor::StaffActor;
use tower_sessions::Session;

use super::show::{OverseenForm, again, done};
use crate::error::PageResult;
use crate::forms::Form;
use crate::layout::Layout;
use crate::paths::AuthorisationRefusalPath;
use crate::state::WebState;

/// Does it.
pub async fn post(
    AuthorisationRefusalPath { id }: AuthorisationRefusalPath,
    State(state): State<WebState>,
    ctx: Ctx<StaffActor>,
    session: Session,
    layout: Layout,
    Form(form): Form<OverseenForm>,
) -> PageResult {
    match refuse(&state, &ctx, (id, &form.seen)).await {
        Ok(()) => done(&session, "Habilitation refusée").await,
        Err(failure) => again(&state, &ctx, layout, id, (form, failure)).await,
    }
}
