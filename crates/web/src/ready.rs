//! Pages that are the same for whoever asks without an account, kept ready to be sent (ADR 42): home, the card of an employer, a
//! post. Compressed once, kept a minute at most, dropped in every process as soon as what they show changes.
//!
//! Who names a session, even one that is over, has their page made for them: no page made for a person is kept, and none that is
//! kept is given to one.

use std::convert::Infallible;

use axum::body::{Body, to_bytes};
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use axum_extra::routing::TypedPath as _;
use chrono::{DateTime, Utc};
use iae_app::directory::changes::{PublicThing, follow};
use iae_domain::announcements::Reader;
use iae_domain::ids::AnnouncementEditionId;

use crate::error::{PageError, PageResult};
use crate::paths::{EmployerPath, HomePath, JobPath};
use crate::ready_pages::page::{self, Page};
use crate::session;
use crate::state::WebState;
use crate::visitor::Visitor;

/// The only addresses it is looked for at. What follows « ? » changes the page, or may.
const ADDRESSES: [&str; 3] = [HomePath::PATH, EmployerPath::PATH, JobPath::PATH];

/// Listens to what changes, as long as the process serves: without it, nothing is kept.
pub async fn stay_true(state: &WebState) -> Infallible {
    follow(&state.db, |news| state.ready.hear(news)).await
}

/// A page that is the same for every visitor until this changes: kept, if a visitor asked for it.
pub(crate) fn until_changed(what: PublicThing, page: PageResult) -> PageResult {
    page.map(|mut response| {
        response.extensions_mut().insert(what);
        response
    })
}

/// What decides which page a visitor is given.
struct Visit {
    path: String,
    now: DateTime<Utc>,
    /// The announcements that visitors read, which stand on every page.
    announced: Vec<AnnouncementEditionId>,
}

impl Visit {
    /// None when the page is made for who asks.
    fn of(state: &WebState, request: &Request) -> Option<Self> {
        let route = request.extensions().get::<MatchedPath>()?;
        let visitor = request.extensions().get::<Visitor>()?;
        let is_ready = ADDRESSES.contains(&route.as_str())
            && *request.method() == Method::GET
            && request.uri().query().is_none()
            && visitor.person.is_none()
            && !session::is_named(request.headers(), state);
        if !is_ready {
            return None;
        }
        let shown = state.board.shown_to(&Reader::default(), &[], visitor.now);
        Some(Self {
            path: request.uri().path().to_owned(),
            now: visitor.now,
            announced: shown.iter().map(|announcement| announcement.edition).collect(),
        })
    }
}

/// Gives the page that is ready, or keeps the one that is made.
pub(crate) async fn layer(State(state): State<WebState>, request: Request, next: Next) -> Response {
    let Some(visit) = Visit::of(&state, &request) else { return next.run(request).await };
    let takes_gzip = page::takes_gzip(request.headers());
    if let Some(page) = state.ready.find(&visit.path, visit.now, &visit.announced) {
        return page.answer(takes_gzip);
    }
    // Before anything is read: what changes meanwhile makes the page old at once.
    let as_of = state.ready.moment();
    let response = next.run(request).await;
    let shows = response.extensions().get::<PublicThing>().copied();
    let (Some(as_of), Some(shows), Some(kind)) = (as_of, shows, kind_of_plain(&response)) else {
        return response;
    };
    let (parts, body) = response.into_parts();
    let body = match to_bytes(body, usize::MAX).await {
        Ok(body) => body,
        Err(error) => return PageError::defect(error).into_response(),
    };
    let Visit { path, now: made_at, announced } = visit;
    let Some(gzip) = page::gzip(&body) else { return Response::from_parts(parts, Body::from(body)) };
    let page = state.ready.keep(path, Page { shows, as_of, made_at, announced, kind, gzip });
    page.answer(takes_gzip)
}

/// The content type of a page that says nothing else: neither a cookie nor anything that would be said to one visitor alone.
fn kind_of_plain(response: &Response) -> Option<HeaderValue> {
    let said = [header::CONTENT_TYPE, header::CONTENT_LENGTH];
    let is_plain =
        response.status() == StatusCode::OK && response.headers().keys().all(|name| said.contains(name));
    response.headers().get(header::CONTENT_TYPE).filter(|_| is_plain).cloned()
}
