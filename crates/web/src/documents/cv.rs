//! `/applications/{id}/cv`: the CV of an application (D19, ACL-3).

use axum::extract::State;
use axum_extra::routing::TypedPath;
use iae_app::{Ctx, documents};
use iae_domain::Actor;
use iae_domain::documents::{DocumentKind, Owner};
use iae_domain::ids::ApplicationId;
use serde::Deserialize;

use super::sent;
use crate::error::{PageError, PageResult};
use crate::state::WebState;

/// The CV.
#[derive(TypedPath, Deserialize)]
#[typed_path("/applications/{id}/cv", rejection(PageError))]
pub struct CvPath {
    /// The application.
    pub id: ApplicationId,
}

/// Sends the file.
pub async fn get(path: CvPath, State(state): State<WebState>, ctx: Ctx<Actor>) -> PageResult {
    let kind = DocumentKind::Cv;
    Ok(sent::attachment(kind, documents::open(&state, &ctx, Owner::Application(path.id), kind).await?))
}
