//! `/applications/{id}/cv`: the CV of an application (D19, ACL-3).

use axum::extract::State;
use iae_app::{Ctx, documents};
use iae_domain::Actor;
use iae_domain::documents::{DocumentKind, Owner};

use super::sent;
use crate::error::PageResult;
use crate::paths::CvPath;
use crate::state::WebState;

/// Sends the file.
pub async fn get(path: CvPath, State(state): State<WebState>, ctx: Ctx<Actor>) -> PageResult {
    let kind = DocumentKind::Cv;
    Ok(sent::attachment(kind, documents::open(&state, &ctx, Owner::Application(path.id), kind).await?))
}
