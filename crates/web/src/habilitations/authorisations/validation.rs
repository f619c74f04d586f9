//! `POST /admin/authorisations/{id}/validation`: the team validates an authorisation (PRE-7).

use axum::extract::State;
use iae_app::Ctx;
use iae_app::habilitations::authorisations::validate;
use iae_domain::actor::StaffActor;
use tower_sessions::Session;

use super::show::{OverseenForm, again, done};
use crate::error::PageResult;
use crate::forms::Form;
use crate::layout::Layout;
use crate::paths::AuthorisationValidationPath;
use crate::state::WebState;

/// Does it.
pub async fn post(
    AuthorisationValidationPath { id }: AuthorisationValidationPath,
    State(state): State<WebState>,
    ctx: Ctx<StaffActor>,
    session: Session,
    layout: Layout,
    Form(form): Form<OverseenForm>,
) -> PageResult {
    match validate(&state, &ctx, (id, &form.seen)).await {
        Ok(()) => done(&session, "Habilitation validée").await,
        Err(failure) => again(&state, &ctx, layout, id, (form, failure)).await,
    }
}
