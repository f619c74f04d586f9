//! `/eligibility-proofs/{id}`: a proof that an SIAE keeps (rule book 03 §2.13; D19, D34).

use axum::extract::State;
use iae_app::{Ctx, documents};
use iae_domain::Actor;
use iae_domain::documents::{DocumentKind, Owner};

use crate::documents::sent;
use crate::error::PageResult;
use crate::paths::EligibilityProofPath;
use crate::state::WebState;

/// Sends the file.
pub async fn get(path: EligibilityProofPath, State(state): State<WebState>, ctx: Ctx<Actor>) -> PageResult {
    let kind = DocumentKind::Proof;
    let owner = Owner::EligibilityProof(path.id);
    Ok(sent::attachment(kind, documents::open(&state, &ctx, owner, kind).await?))
}
