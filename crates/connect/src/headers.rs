//! Headers of every answer.

use axum::Router;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderName, HeaderValue};
use tower_http::set_header::SetResponseHeaderLayer;

use crate::Config;

/// What applies unless the answer says otherwise.
const DEFAULTS: [(HeaderName, &str); 5] = [
    // Pages name their own policy; anything else has nothing to load.
    (
        CONTENT_SECURITY_POLICY,
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    ),
    (CACHE_CONTROL, "no-store"),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (X_FRAME_OPTIONS, "DENY"),
    // Not `no-referrer`: browsers would send `Origin: null` with our own forms, which the protection
    // against forged forms could not tell from another site's.
    (REFERRER_POLICY, "same-origin"),
];

/// Adds the headers to every answer of the router.
pub(crate) fn protect(router: Router, config: &Config) -> Router {
    let router = DEFAULTS.into_iter().fold(router, |router, (name, value)| {
        router.layer(SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value)))
    });
    if config.secure() {
        let a_year = HeaderValue::from_static("max-age=31536000");
        router.layer(SetResponseHeaderLayer::if_not_present(STRICT_TRANSPORT_SECURITY, a_year))
    } else {
        router
    }
}
