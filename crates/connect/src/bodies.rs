//! Forms are read before anything answers: a connection closed over bytes nobody read is reset, and the answer is lost
//! with it. No form of ours is long, so this costs nothing.

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

/// No form of ours is longer.
const LIMIT: usize = 64 * 1024;

/// Layer: gives what follows a form that is there already. What is too long is refused, and the closing announced.
pub(crate) async fn read_first(request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    if let Ok(form) = to_bytes(body, LIMIT).await {
        return next.run(Request::from_parts(parts, Body::from(form))).await;
    }
    let mut response = StatusCode::PAYLOAD_TOO_LARGE.into_response();
    response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    response
}
