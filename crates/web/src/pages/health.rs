//! `/health`: whether this instance can serve, for load balancers and for `make demo`.

use axum::extract::State;
use axum::http::StatusCode;
use axum_extra::routing::TypedPath;
use serde::Deserialize;

use crate::state::WebState;

/// The check.
#[derive(TypedPath, Deserialize)]
#[typed_path("/health")]
pub struct HealthPath;

/// 200 when the database answers, 503 otherwise.
pub async fn get(_: HealthPath, State(state): State<WebState>) -> (StatusCode, &'static str) {
    if iae_app::db::answers(&state.db).await {
        (StatusCode::OK, "ok")
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "database unavailable")
    }
}
