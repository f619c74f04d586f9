//! Forms are read before anything answers: a connection closed over bytes nobody read is reset, and the answer is lost
//! with it. No form of ours is long, so this costs nothing.

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use tokio::time::timeout;

use crate::Connect;

/// No form of ours is longer.
const LIMIT: usize = 64 * 1024;

/// Layer: gives what follows a form that is there already. What is too long, or as long in coming as a connection may be
/// silent, is refused, and the closing announced.
pub(crate) async fn read_first(State(connect): State<Connect>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let status = match timeout(connect.config().bounds.silence, to_bytes(body, LIMIT)).await {
        Ok(Ok(form)) => return next.run(Request::from_parts(parts, Body::from(form))).await,
        Ok(Err(_)) => StatusCode::PAYLOAD_TOO_LARGE,
        Err(_) => StatusCode::REQUEST_TIMEOUT,
    };
    let mut response = status.into_response();
    response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    response
}
