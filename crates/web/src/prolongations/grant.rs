//! `POST /prolongations/{id}/grant`: a prescripteur habilité grants a request.

use axum::extract::State;
use iae_app::Ctx;
use iae_app::pass::prolongation::grant;
use iae_domain::actor::AuthorisedPrescriber;
use serde::Deserialize;
use tower_sessions::Session;

use super::show::again;
use crate::error::PageResult;
use crate::flash;
use crate::forms::Form;
use crate::layout::Layout;
use crate::paths::{ProlongationGrantPath, ProlongationRequestPath};
use crate::state::WebState;

/// The end of the PASS the page was made from (D32).
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct GrantForm {
    seen: String,
}

/// Grants it.
pub async fn post(
    ProlongationGrantPath { id }: ProlongationGrantPath,
    State(state): State<WebState>,
    ctx: Ctx<AuthorisedPrescriber>,
    session: Session,
    layout: Layout,
    Form(form): Form<GrantForm>,
) -> PageResult {
    match grant(&state, &ctx, id, form.seen.parse().ok()).await {
        Ok(()) => {
            let told =
                "Le PASS IAE est prolongé. La structure et la personne reçoivent votre réponse par e-mail.";
            flash::done(&session, "Prolongation acceptée", told, ProlongationRequestPath { id }).await
        }
        Err(failure) => again(&state, &ctx, layout, id, failure).await,
    }
}
