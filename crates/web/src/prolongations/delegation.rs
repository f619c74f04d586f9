//! `POST /prolongations/{id}/delegation`: a request is handed over to a colleague (D9).

use axum::extract::State;
use iae_app::pass::prolongation::delegate;
use iae_app::{Ctx, Failure};
use iae_domain::actor::AuthorisedPrescriber;
use iae_domain::ids::UserId;
use iae_domain::pass::prolongation::DecideRefused;
use serde::Deserialize;
use tower_sessions::Session;

use super::show::again;
use crate::error::PageResult;
use crate::flash;
use crate::forms::Form;
use crate::layout::Layout;
use crate::paths::{ProlongationDelegationPath, ProlongationRequestPath};
use crate::state::WebState;

/// The colleague.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct DelegationForm {
    colleague: String,
}

/// Hands it over.
pub async fn post(
    ProlongationDelegationPath { id }: ProlongationDelegationPath,
    State(state): State<WebState>,
    ctx: Ctx<AuthorisedPrescriber>,
    session: Session,
    layout: Layout,
    Form(form): Form<DelegationForm>,
) -> PageResult {
    let done = match form.colleague.parse::<UserId>() {
        Ok(to) => delegate(&state, &ctx, id, to).await,
        Err(_) => Err(Failure::Refused(DecideRefused::NotAColleague)),
    };
    match done {
        Ok(()) => {
            let told =
                "Votre collègue la reçoit par e-mail. Chacun dans l’organisation peut toujours y répondre.";
            flash::done(&session, "Demande confiée", told, ProlongationRequestPath { id }).await
        }
        Err(failure) => again(&state, &ctx, layout, id, failure).await,
    }
}
