//! `/health`: whether this instance can serve, for load balancers and for `make demo`.

use axum::extract::State;
use axum::http::StatusCode;

use crate::paths::HealthPath;
use crate::state::WebState;

/// 200 when the database answers, 503 otherwise.
pub async fn get(_: HealthPath, State(state): State<WebState>) -> (StatusCode, &'static str) {
    if iae_app::db::answers(&state.db).await {
        (StatusCode::OK, "ok")
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "database unavailable")
    }
}
