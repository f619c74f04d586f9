//! What happens around every request: its id, its trace, the headers of its answer.

use std::any::Any;

use axum::body::Body;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use iae_domain::accounts::Provider;
use iae_domain::ids::RequestId;
use iae_server::Headers;
use tower_http::classify::{ServerErrorsAsFailures, SharedClassifier};
use tower_http::trace::{DefaultOnResponse, TraceLayer};
use tracing::{Level, Span};

use crate::error::PageError;
use crate::forms;
use crate::state::WebState;
use crate::visitor::Visitor;

/// Gives the request its id, and says it in the answer.
pub async fn name_request(State(state): State<WebState>, mut request: Request, next: Next) -> Response {
    let id = RequestId::at(state.clock.now());
    request.extensions_mut().insert(id);
    let mut response = next.run(request).await;
    if let Ok(value) = HeaderValue::try_from(id.to_string()) {
        response.headers_mut().insert(HeaderName::from_static("x-request-id"), value);
    }
    response
}

type MakeSpan = fn(&axum::http::Request<Body>) -> Span;
type Trace = TraceLayer<SharedClassifier<ServerErrorsAsFailures>, MakeSpan>;

/// One line a request: method, route, status, time. Neither path parameters nor query: they may hold what a person
/// typed.
pub fn trace() -> Trace {
    TraceLayer::new_for_http()
        .make_span_with(span as MakeSpan)
        .on_response(DefaultOnResponse::new().level(Level::INFO))
}

fn span(request: &axum::http::Request<Body>) -> Span {
    let route = request.extensions().get::<MatchedPath>().map_or("", MatchedPath::as_str);
    let id = request.extensions().get::<RequestId>().map(ToString::to_string).unwrap_or_default();
    tracing::info_span!("request", method = %request.method(), route, request.id = id)
}

/// Answers 500 when a handler panicked; the rest of the server goes on.
pub fn panicked(panic: Box<dyn Any + Send + 'static>) -> Response {
    let what = panic
        .downcast_ref::<&str>()
        .map(|text| (*text).to_owned())
        .or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_default();
    tracing::error!(panic = what, "a handler panicked");
    died()
}

/// What is answered for whoever died.
pub fn died() -> Response {
    (StatusCode::INTERNAL_SERVER_ERROR, "Une erreur est survenue. Réessayez dans quelques instants.")
        .into_response()
}

/// Everything a request reads and writes goes through one connection of the database; the answer leaves without it.
pub async fn one_connection(request: Request, next: Next) -> Response {
    iae_app::db::one_connection(next.run(request)).await
}

/// The longest address that is read, in bytes: a list with every filter chosen takes a quarter of it.
const LONGEST_ADDRESS: usize = 8 * 1024;

/// An address that holds U+0000 names nothing: no text of ours has it. What is asked after its path is read as what is
/// typed in forms.
pub async fn readable(mut request: Request, next: Next) -> Result<Response, PageError> {
    let uri = request.uri();
    if uri.path_and_query().is_some_and(|address| address.as_str().len() > LONGEST_ADDRESS) {
        return Err(PageError::AddressTooLong);
    }
    let holds_nul = |part: &str| forms::holds_nul(part.as_bytes());
    if holds_nul(uri.path()) || uri.query().is_some_and(holds_nul) {
        return Err(PageError::NotFound);
    }
    if let Some(query) = uri.query().and_then(|query| forms::as_typed(query.as_bytes())) {
        let address: Uri = format!("{}?{query}", uri.path()).parse().map_err(|_| PageError::NotFound)?;
        *request.uri_mut() = address;
    }
    Ok(next.run(request).await)
}

/// What every answer says. Only our own files are loaded. Forms go to us, and through us to the identity providers: browsers
/// check the policy on the redirect that closes a provider's session.
pub fn headers(state: &WebState) -> Headers {
    let mut form_action = "'self'".to_owned();
    for origin in Provider::ALL.iter().filter_map(|provider| state.oidc.get(*provider)).map(|p| p.origin()) {
        form_action.push(' ');
        form_action.push_str(&origin);
    }
    let policy = format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
         connect-src 'self'; form-action {form_action}; base-uri 'none'; frame-ancestors 'none'"
    );
    let nothing = HeaderValue::from_static("default-src 'none'; base-uri 'none'; frame-ancestors 'none'");
    let policy = HeaderValue::try_from(policy).unwrap_or(nothing);
    Headers::new(policy, "no-cache, private", state.config.is_over_tls())
}

/// Pages of signed-in people are never kept by caches (SES-14).
pub async fn keep_private(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    if response.extensions().get::<Visitor>().is_some_and(|visitor| visitor.person.is_some()) {
        let no_store = HeaderValue::from_static("no-store");
        response.headers_mut().entry(header::CACHE_CONTROL).or_insert(no_store);
    }
    response
}
