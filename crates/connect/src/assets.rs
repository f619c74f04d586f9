//! The stylesheets and what they need, inside the binary: `GET /static/<version>/…`.
//!
//! At the root of the host, whatever the path of the issuer, and with the platform's own scheme: behind
//! one host name, either program can answer for both. The version is that of the whole tree, so that a
//! file may be kept for a year and relative addresses inside sheets need no rewriting.

use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use rust_embed::RustEmbed;

use crate::error::PageError;
use crate::secret;

/// The route that [`get`] answers.
pub(crate) const ROUTE: &str = "/static/{version}/{*path}";

/// A development build reads the files from the disk: they may change under the same version.
const FILES_MAY_CHANGE: bool = cfg!(debug_assertions);

#[derive(RustEmbed)]
#[folder = "../../static"]
struct Files;

static VERSION: LazyLock<String> = LazyLock::new(|| {
    let mut paths: Vec<_> = Files::iter().collect();
    paths.sort();
    let hashes: Vec<u8> = paths
        .iter()
        .filter_map(|path| Files::get(path))
        .flat_map(|file| file.metadata.sha256_hash())
        .collect();
    BASE64_URL_SAFE_NO_PAD.encode(&secret::digest(&hashes)[..6])
});

/// The address of a file of `static/`: `url("css/app.css")`. Called by the templates.
pub(crate) fn url(path: &str) -> String {
    format!("/static/{}/{path}", *VERSION)
}

/// The file, or 304 when the browser already has it.
pub(crate) async fn get(
    Path((version, path)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, PageError> {
    let file = Files::get(&path).ok_or(PageError::NotFound)?;
    let etag = format!("\"{}\"", BASE64_URL_SAFE_NO_PAD.encode(file.metadata.sha256_hash()));
    let kept = if version == *VERSION && !FILES_MAY_CHANGE {
        "public, max-age=31536000, immutable"
    } else {
        "public, no-cache"
    };
    let caching = [(CACHE_CONTROL, kept.to_owned()), (ETAG, etag.clone())];
    if headers.get(IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == etag.as_bytes()) {
        return Ok((StatusCode::NOT_MODIFIED, caching).into_response());
    }
    let kind = mime_guess::from_path(&path).first_or_octet_stream();
    Ok((caching, [(CONTENT_TYPE, kind.essence_str().to_owned())], file.data.into_owned()).into_response())
}
