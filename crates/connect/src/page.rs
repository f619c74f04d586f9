//! HTML answers and the headers that protect them.

use std::sync::{Arc, Mutex};

use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use url::Url;

use crate::Connect;
use crate::error::PageError;

/// What the layout of every page needs.
#[derive(Clone, Copy)]
pub(crate) struct Layout<'a> {
    /// Path of the issuer: prefix of every link.
    pub(crate) base_path: &'a str,
}

impl Layout<'_> {
    /// Address of the home page.
    pub(crate) fn home(self) -> String {
        format!("{}/", self.base_path)
    }
}

/// A page whose forms only post to ourselves.
pub(crate) fn html(status: StatusCode, html: String) -> Response {
    with_policy(status, html, "'self'", "")
}

/// A page whose form ends on another site.
///
/// Chromium applies `form-action` to the redirects that follow a form as well, so the relying party
/// that the person is about to be sent to has to be named, and nothing more.
pub(crate) fn html_with_form_to(status: StatusCode, html: String, target: Option<&Url>) -> Response {
    with_policy(status, html, &ends_at(target), "")
}

/// The same, of a page that may ask the browser for a passkey: our own script then, and nothing it could talk to.
pub(crate) fn html_with_passkey(
    status: StatusCode,
    html: String,
    target: Option<&Url>,
    asks: bool,
) -> Response {
    with_policy(status, html, &ends_at(target), if asks { "script-src 'self'; " } else { "" })
}

fn ends_at(target: Option<&Url>) -> String {
    target.map_or("'self'".to_owned(), |url| format!("'self' {}", url.origin().ascii_serialization()))
}

fn with_policy(status: StatusCode, html: String, form_action: &str, scripts: &str) -> Response {
    let policy = format!(
        "default-src 'none'; {scripts}style-src 'self'; img-src 'self' data:; font-src 'self'; \
         form-action {form_action}; base-uri 'none'; frame-ancestors 'none'"
    );
    let mut response = (status, Html(html)).into_response();
    if let Ok(policy) = HeaderValue::try_from(policy) {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}

/// An error answered by a handler and not yet drawn.
#[derive(Clone)]
pub(crate) struct Undrawn(Arc<Mutex<Option<PageError>>>);

impl Undrawn {
    /// Keeps the error beside the empty response.
    pub(crate) fn new(error: PageError) -> Self {
        Self(Arc::new(Mutex::new(Some(error))))
    }

    fn take(&self) -> Option<PageError> {
        self.0.lock().ok()?.take()
    }
}

/// Layer: turns the [`PageError`] of a handler into its page.
pub(crate) async fn render_errors(State(connect): State<Connect>, request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    match response.extensions().get::<Undrawn>().and_then(Undrawn::take) {
        Some(error) => error.into_page(connect.config().base_path()),
        None => response,
    }
}
