//! `POST /sign-up/prescriber/join-request`: the members of an organisation that was found are asked to invite whoever signs up (SGN-11,
//! SGN-12, SGN-15).

use axum::extract::State;
use iae_app::Failure;
use iae_app::organisations::sign_up::{ShownAs, ask_to_join};
use iae_domain::ids::OrganisationId;
use iae_domain::organisations::Siret;
use serde::Deserialize;
use tower_sessions::Session;

use super::{Newcomer, messages};
use crate::error::{PageError, PageResult};
use crate::flash;
use crate::forms::Form;
use crate::paths::{JoinRequestPath, ProfessionalSignUpPath};
use crate::state::WebState;

/// Which organisation, and the search that showed it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct JoinForm {
    organisation: String,
    siret: String,
    department: String,
}

/// Asks. What no search of theirs shows does not exist.
pub async fn post(
    _: JoinRequestPath,
    State(state): State<WebState>,
    newcomer: Newcomer,
    session: Session,
    Form(form): Form<JoinForm>,
) -> PageResult {
    let id: OrganisationId = form.organisation.parse().map_err(|_| PageError::NotFound)?;
    let siret = Siret::parse(&form.siret).map_err(|_| PageError::NotFound)?;
    let shown = ShownAs::Prescriber { siret, department: form.department };
    match ask_to_join(&state, &newcomer.ctx, newcomer.user(), id, &shown).await {
        Ok(()) => {
            let (title, told) = messages::JOIN_ASKED;
            flash::done(&session, title, told, ProfessionalSignUpPath).await
        }
        Err(Failure::Refused(refused)) => Err(messages::join_elsewhere(refused)),
        Err(Failure::App(error)) => Err(error.into()),
    }
}
