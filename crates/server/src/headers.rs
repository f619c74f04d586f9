//! Security headers, on every answer of a server whoever makes it: a handler, what catches its panics, what refuses a request
//! or a connection before any of them.

use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;

/// A year, subdomains too.
const TLS_ONLY: HeaderValue = HeaderValue::from_static("max-age=31536000; includeSubDomains");

/// What every answer of a site says, unless it says something else itself.
#[derive(Debug, Clone)]
pub struct Headers(HeaderMap);

impl Headers {
    /// `policy` is the policy of content, `cache` what caches may do. Browsers that come over TLS never come back without.
    pub fn new(policy: HeaderValue, cache: &'static str, over_tls: bool) -> Self {
        let mut headers = HeaderMap::from_iter([
            (header::CONTENT_SECURITY_POLICY, policy),
            (header::CACHE_CONTROL, HeaderValue::from_static(cache)),
            (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
            (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
            // Not `no-referrer`: browsers would send `Origin: null` with our own forms, which the protection against
            // forged forms could not tell from another site's.
            (header::REFERRER_POLICY, HeaderValue::from_static("same-origin")),
        ]);
        if over_tls {
            headers.insert(header::STRICT_TRANSPORT_SECURITY, TLS_ONLY);
        }
        Self(headers)
    }

    /// An answer with them.
    pub(crate) fn on(&self, mut response: Response) -> Response {
        for (name, value) in &self.0 {
            response.headers_mut().entry(name).or_insert_with(|| value.clone());
        }
        response
    }

    /// The lines of an answer written before anything was asked.
    pub(crate) fn lines(&self) -> Vec<u8> {
        let line = |(name, value)| {
            let (name, value): (&header::HeaderName, &HeaderValue) = (name, value);
            [name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"].concat()
        };
        self.0.iter().flat_map(line).collect()
    }
}
