//! A document on its way to who may read it: always as an attachment, under a name that names nobody (ACL-3).

use axum::http::{HeaderName, header};
use axum::response::{IntoResponse as _, Response};
use chrono_tz::Europe::Paris;
use iae_app::documents::Download;
use iae_domain::documents::{DocumentKind, Format};

use crate::streamed;

/// Nothing in the file runs, whatever it holds and however a browser opens it.
const SANDBOX: &str = "sandbox; default-src 'none'; frame-ancestors 'none'";

/// The answer that sends it, as it comes from the store.
pub(crate) fn attachment(kind: DocumentKind, download: Download) -> Response {
    let (content_type, extension) = match kind.limits().format {
        Format::Pdf => ("application/pdf", "pdf"),
    };
    let name = match kind {
        DocumentKind::Cv => "CV",
    };
    let dated = download.dated.with_timezone(&Paris).format("%Y%m%d%H%M%S");
    let headers: [(HeaderName, String); 5] = [
        (header::CONTENT_TYPE, content_type.to_owned()),
        (header::CONTENT_LENGTH, download.content.size.to_string()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}_{dated}.{extension}\"")),
        (header::CONTENT_SECURITY_POLICY, SANDBOX.to_owned()),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    (headers, streamed::body(download.content.chunks)).into_response()
}
