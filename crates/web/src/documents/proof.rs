//! `/control-criteria/{id}/proof`: the proof of a criterion that is controlled (rule book 04 §1.19; D19, D34).

use axum::extract::State;
use iae_app::{Ctx, documents};
use iae_domain::Actor;
use iae_domain::documents::{DocumentKind, Owner};

use super::sent;
use crate::error::PageResult;
use crate::paths::ProofPath;
use crate::state::WebState;

/// Sends the file.
pub async fn get(path: ProofPath, State(state): State<WebState>, ctx: Ctx<Actor>) -> PageResult {
    let kind = DocumentKind::Proof;
    let owner = Owner::ControlCriterion(path.id);
    Ok(sent::attachment(kind, documents::open(&state, &ctx, owner, kind).await?))
}
