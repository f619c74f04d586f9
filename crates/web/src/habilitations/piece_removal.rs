//! `POST /habilitation-pieces/{id}/removal`: an organisation takes a piece back, as long as its request is written.

use axum::extract::State;
use iae_app::habilitations::remove_piece;
use iae_app::{Ctx, Failure};
use iae_domain::actor::PrescriberActor;
use serde::Deserialize;
use tower_sessions::Session;

use crate::error::{PageError, PageResult};
use crate::flash;
use crate::forms::Form;
use crate::french::spaced;
use crate::paths::{HabilitationPath, HabilitationPieceRemovalPath, HabilitationRequestPath};
use crate::state::WebState;

/// Nothing but the organisation the form was made for (D5).
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct PieceRemovalForm {}

/// Takes it back.
pub async fn post(
    HabilitationPieceRemovalPath { id }: HabilitationPieceRemovalPath,
    State(state): State<WebState>,
    ctx: Ctx<PrescriberActor>,
    session: Session,
    Form(PieceRemovalForm {}): Form<PieceRemovalForm>,
) -> PageResult {
    match remove_piece(&state, &ctx, id).await {
        Ok(()) => {
            let told = "Elle n’est plus jointe à votre demande.";
            flash::done(&session, "Pièce retirée", told, HabilitationRequestPath).await
        }
        Err(Failure::Refused(_)) => Err(PageError::Conflict {
            message: spaced("La demande a été transmise ou décidée entre-temps : la pièce y reste."),
            link: Some(("Voir où en est la demande".to_owned(), HabilitationPath.to_string())),
        }),
        Err(Failure::App(error)) => Err(error.into()),
    }
}
