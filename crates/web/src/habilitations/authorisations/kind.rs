//! `POST /admin/authorisations/{id}/kind`: the team changes the kind of an organisation (PRE-9).

use axum::extract::State;
use iae_app::Ctx;
use iae_app::habilitations::authorisations::change_kind;
use iae_domain::actor::StaffActor;
use iae_domain::organisations::PrescriberKind;
use tower_sessions::Session;

use super::show::{OverseenForm, OverseenPage, again, done};
use crate::error::{PageResult, unprocessable};
use crate::forms::{FieldErrors, Form};
use crate::layout::Layout;
use crate::paths::AuthorisationKindPath;
use crate::state::WebState;

/// Changes it.
pub async fn post(
    AuthorisationKindPath { id }: AuthorisationKindPath,
    State(state): State<WebState>,
    ctx: Ctx<StaffActor>,
    session: Session,
    layout: Layout,
    Form(form): Form<OverseenForm>,
) -> PageResult {
    let Some(kind) = PrescriberKind::parse(&form.kind) else {
        let mut page = OverseenPage::load(&state, &ctx, layout, id).await?;
        page.errors = FieldErrors::one("kind", "Choisissez la nature de l’organisation.");
        return unprocessable(&page);
    };
    match change_kind(&state, &ctx, (id, &form.seen), kind).await {
        Ok(()) => done(&session, "Nature changée").await,
        Err(failure) => again(&state, &ctx, layout, id, (form, failure)).await,
    }
}
