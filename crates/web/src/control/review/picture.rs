//! `/control-criteria/{id}/picture`: a page of a proof that was submitted, as a picture made by us: no browser opens the file (ACL-3,
//! D19).

use axum::extract::State;
use axum::http::{HeaderName, header};
use axum::response::IntoResponse as _;
use axum_extra::extract::Query;
use iae_app::Ctx;
use iae_app::control::controls::queries::review;
use iae_domain::actor::InspectorActor;
use serde::Deserialize;

use crate::documents::sent::SANDBOX;
use crate::error::{PageError, PageResult};
use crate::paths::ProofPicturePath;
use crate::state::WebState;

/// Which page, from 1.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct PictureQuery {
    page: String,
}

/// Sends it; not found past the last page, and when it cannot be drawn.
pub async fn get(
    ProofPicturePath { id }: ProofPicturePath,
    State(state): State<WebState>,
    ctx: Ctx<InspectorActor>,
    Query(query): Query<PictureQuery>,
) -> PageResult {
    let page = match query.page.as_str() {
        "" => 1,
        page => page.parse::<u32>().map_err(|_| PageError::NotFound)?,
    };
    let picture = review::picture(&state, &ctx, id, page).await?;
    let headers: [(HeaderName, &str); 4] = [
        (header::CONTENT_TYPE, "image/png"),
        (header::CONTENT_SECURITY_POLICY, SANDBOX),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    Ok((headers, picture).into_response())
}
