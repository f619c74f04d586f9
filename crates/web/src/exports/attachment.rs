//! The answer that sends an export, as it is made.

use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use iae_app::exports::File;
use iae_domain::exports::ExportFormat;

use crate::streamed;

/// The content type of a sheet.
pub(crate) const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The file, to be kept.
pub(crate) fn attachment(file: File, format: ExportFormat) -> Response {
    let kind = match format {
        ExportFormat::Csv => "text/csv; charset=utf-8",
        ExportFormat::Xlsx => XLSX,
    };
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", file.name)),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    (headers, streamed::body(file.content)).into_response()
}
