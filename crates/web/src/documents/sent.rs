//! A document on its way to who may read it: always as an attachment, under a name that names nobody (ACL-3).

use axum::body::Body;
use axum::http::{HeaderName, header};
use axum::response::{IntoResponse as _, Response};
use chrono_tz::Europe::Paris;
use iae_app::documents::Download;
use iae_domain::documents::{DocumentKind, Format};

use crate::streamed;

/// Nothing in a file runs, whatever it holds and however a browser opens it.
pub(crate) const SANDBOX: &str = "sandbox; default-src 'none'; frame-ancestors 'none'";

const PDF: &str = "application/pdf";

/// The answer that sends what somebody sent us, as it comes from the store.
pub(crate) fn attachment(kind: DocumentKind, download: Download) -> Response {
    let (content_type, extension) = match kind.limits().format {
        Format::Pdf => (PDF, "pdf"),
    };
    let name = match kind {
        DocumentKind::Cv => "CV",
        DocumentKind::ProlongationReport => "Bilan",
        DocumentKind::Proof => "Justificatif",
        DocumentKind::HabilitationPiece => "Piece",
    };
    let dated = download.dated.with_timezone(&Paris).format("%Y%m%d%H%M%S");
    let name = format!("{name}_{dated}.{extension}");
    kept(content_type, download.content.size, &name, streamed::body(download.content.chunks))
}

/// The answer that sends a PDF we made.
pub(crate) fn pdf(name: &str, bytes: Vec<u8>) -> Response {
    kept(PDF, bytes.len(), name, bytes.into())
}

fn kept(content_type: &str, size: impl ToString, name: &str, body: Body) -> Response {
    let headers: [(HeaderName, String); 5] = [
        (header::CONTENT_TYPE, content_type.to_owned()),
        (header::CONTENT_LENGTH, size.to_string()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (header::CONTENT_SECURITY_POLICY, SANDBOX.to_owned()),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    (headers, body).into_response()
}
