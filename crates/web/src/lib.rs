//! Pages of the platform: router, extractors, forms, templates.

// The macro `paths!` calls itself once for each address.
#![recursion_limit = "256"]

pub mod access_log;
pub mod accounts;
pub mod admin;
pub mod announcements;
pub mod application_drafts;
pub mod applications;
pub mod candidates;
pub mod choice;
mod compression;
pub mod control;
mod cookie;
pub mod dashboard;
#[cfg(feature = "dev")]
pub mod dev;
pub mod directory;
pub mod documents;
pub mod eligibility;
pub mod error;
pub mod error_pages;
pub mod exports;
pub mod extract;
pub mod filters;
pub mod flash;
pub mod forms;
mod frame;
pub mod french;
pub mod habilitations;
mod identify;
pub mod impersonation;
pub mod kept_form;
mod layers;
pub mod layout;
mod limit;
pub mod limits;
pub mod list;
pub mod organisations;
pub mod pace;
pub mod pages;
pub mod pass;
pub mod paths;
pub mod prolongations;
pub mod ready;
pub mod ready_pages;
mod remainder;
pub mod routes;
pub mod routing;
pub mod self_prescriptions;
pub mod session;
pub mod state;
mod streamed;
pub mod throttle;
mod transition;
pub mod visitor;

pub use iae_server::assets;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use iae_server::Site;
use tokio::net::TcpListener;
use tower::ServiceBuilder;
use tower_http::CompressionLevel;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate as _, SizeAbove};
use tower_http::csrf::{CsrfLayer, ProtectionError};

use error::PageError;
use state::WebState;

/// The most a form without files may carry.
const MAX_BODY: usize = 1024 * 1024;
const PAGE_COMPRESSION: CompressionLevel = CompressionLevel::Precise(compression::GZIP_LEVEL.cast_signed());
/// What is shorter, in bytes, leaves in one packet with its headers: compressed, it would come no sooner.
const SMALLEST_COMPRESSED: u64 = 1024;

/// The whole platform as one service. Layers from the outermost to the innermost, in the order they read.
pub fn router(state: WebState) -> Router {
    let routes = routes::all();
    #[cfg(feature = "dev")]
    let routes = if state.app.config.demo.is_some() { routes.merge(dev::routes()) } else { routes };
    let (pages, _) = routes.into_parts();
    let pages = pages
        .fallback(async || PageError::NotFound)
        .method_not_allowed_fallback(async || PageError::MethodNotAllowed)
        .layer(
            ServiceBuilder::new()
                .layer(from_fn(layers::one_connection))
                .layer(session::layer(&state.app))
                .layer(from_fn_with_state(state.clone(), error_pages::render))
                .layer(from_fn_with_state(state.clone(), identify::identify))
                .layer(from_fn_with_state(state.clone(), error_pages::render))
                .layer(from_fn_with_state(state.clone(), accounts::organisation_switch::layer))
                .layer(from_fn_with_state(throttle::Pages::new(state.limits), throttle::limit_pages))
                .layer(from_fn_with_state(throttle::Logins::new(state.limits), throttle::limit_failures))
                .layer(from_fn_with_state(state.clone(), ready::layer))
                .layer(from_fn_with_state(state.limits.patience, pace::limit))
                .layer(from_fn_with_state(state.clone(), kept_form::layer))
                .layer(from_fn(layers::readable))
                .layer(DefaultBodyLimit::max(MAX_BODY)),
        );
    // A picture, a PDF, a sheet and a ZIP are compressed already.
    let compressible = SizeAbove::new(SMALLEST_COMPRESSED)
        .and(NotForContentType::IMAGES)
        .and(NotForContentType::const_new("application/pdf"))
        .and(NotForContentType::const_new("application/zip"))
        .and(NotForContentType::const_new(exports::attachment::XLSX));
    Router::new()
        .merge(pages)
        .route(assets::ROUTE, get(assets::serve))
        .layer(
            ServiceBuilder::new()
                .layer(from_fn_with_state(state.clone(), layers::name_request))
                .layer(layers::trace())
                .layer(from_fn_with_state(state.limits.patience, remainder::see_to))
                .layer(CatchPanicLayer::custom(layers::panicked))
                .layer(CompressionLayer::new().quality(PAGE_COMPRESSION).compress_when(compressible))
                .layer(from_fn(layers::keep_private))
                .layer(from_fn_with_state(state.clone(), error_pages::render))
                .layer(CsrfLayer::new().with_rejection_response(from_elsewhere)),
        )
        .with_state(state)
}

/// What is answered to a form of another site.
fn from_elsewhere(_: ProtectionError) -> Response {
    PageError::FromElsewhere.into_response()
}

/// What is answered when there is no place for one more request: the page of a service that will be back in a moment.
fn full(state: &WebState) -> Router {
    Router::new().fallback(async || PageError::Unavailable).layer(
        ServiceBuilder::new()
            .layer(layers::trace())
            .layer(from_fn_with_state(state.limits.patience, remainder::see_to))
            .layer(from_fn_with_state(state.clone(), error_pages::render)),
    )
}

/// Serves until `shutdown` completes, then finishes what was begun.
pub async fn serve(
    listener: TcpListener,
    state: WebState,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let (limits, headers) = (state.limits, layers::headers(&state));
    let site = Site {
        full: full(&state),
        router: router(state),
        died: layers::died,
        headers,
        from: Box::new(move |request| limits.client_address.of(request)),
    };
    iae_server::serve(listener, site, limits.bounds, shutdown).await
}
