//! `/habilitation-pieces/{id}`: a file given with a request of habilitation (D19).

use axum::extract::State;
use iae_app::{Ctx, documents};
use iae_domain::Actor;
use iae_domain::documents::{DocumentKind, Owner};

use crate::documents::sent;
use crate::error::PageResult;
use crate::paths::HabilitationPiecePath;
use crate::state::WebState;

/// Sends the file.
pub async fn get(path: HabilitationPiecePath, State(state): State<WebState>, ctx: Ctx<Actor>) -> PageResult {
    let kind = DocumentKind::HabilitationPiece;
    let owner = Owner::HabilitationPiece(path.id);
    Ok(sent::attachment(kind, documents::open(&state, &ctx, owner, kind).await?))
}
